import { MESH } from './meshes';
import { onMap, opened, pageOf } from './opened';

const SCRIPT = '</script><script>window.broken = 1</script><img src=x onerror="window.broken = 1">';

const hostile = [
  MESH,
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: evil, labels: { istio-injection: enabled } }\n`,
  `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: evil, namespace: evil, annotations: { note: ${JSON.stringify(`${SCRIPT}\u2028<!--<script>`)} } }
spec: { hosts: [${JSON.stringify(`${SCRIPT}.example.com`)}], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
`,
  `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${JSON.stringify(SCRIPT)}, namespace: shop }
spec: { selector: { matchLabels: { app: product } }, rules: [{ to: [{ operation: { paths: [${JSON.stringify(`/${SCRIPT}`)}] } }] }] }
`,
].join('---\n');

describe('a page of strangers', () => {
  it('shows their texts as texts, wherever they stand', async () => {
    const html = pageOf(hostile, SCRIPT);
    const { page, troubles, requests } = await opened(html);
    expect(html.split('</script>')).toHaveLength(3);
    expect(await page.title()).toBe(SCRIPT);
    await page.locator('#map .item', { hasText: 'example.com' }).last().click();
    for (const summary of await page.locator('#details summary').all()) await summary.click();
    expect(await page.locator('#details').textContent()).toContain('onerror');
    await page.locator(onMap('service shop/product')).click();
    await page.locator('#details .calls button').first().click();
    await page.locator('#as-list').click();
    await page.getByRole('searchbox').fill('<img');
    expect(await page.locator('#hits').textContent()).toContain('<img src=x');
    await page.locator('#to-ask').click();
    await page.locator('#ask [name=from]').fill(SCRIPT);
    await page.locator('#ask [name=to]').fill(SCRIPT);
    await page.locator('#ask button[type=submit]').click();
    expect(await page.locator('#answer').textContent()).toContain('<img src=x');
    expect(await page.evaluate('window.broken')).toBeUndefined();
    expect(await page.locator('img, #data ~ script ~ script').count()).toBe(0);
    expect({ troubles, requests }).toEqual({ troubles: [], requests: [] });
  });

  it('asks no network for anything, and could not', async () => {
    const { page, requests } = await opened(pageOf(MESH));
    await page.locator(onMap('service shop/order')).click();
    await page.locator('#theme').click();
    expect(requests).toEqual([]);
    const forbidden = await page.evaluate(`new Promise((done) => {
      const told = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => told.push(effectiveDirective));
      fetch('https://example.com/').catch(() => undefined);
      new Image().src = 'https://example.com/x.png';
      try { new WebSocket('wss://example.com/').onerror = () => undefined; } catch {}
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }));
      document.body.insertAdjacentHTML('beforeend', '<form action="https://example.com/"></form><iframe src="https://example.com/"></iframe>');
      document.querySelector('body > form:last-of-type').submit();
      setTimeout(() => done([...new Set(told)].sort()), 300);
    })`);
    expect(forbidden).toEqual(['connect-src', 'form-action', 'frame-src', 'img-src', 'script-src-elem']);
    expect(await page.evaluate('window.ran')).toBeUndefined();
  });

  it('has no secrets in it: neither those of Secrets nor what containers are told', () => {
    const html = pageOf(MESH);
    expect(html).toContain('ledger');
    expect(html).not.toMatch(/topsecret|hunter2/);
  });
});
