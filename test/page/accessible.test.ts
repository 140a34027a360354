import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { MESH } from './meshes';
import { onMap, opened, pageOf } from './opened';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const html = pageOf(MESH);

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds, each rule with the first places. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(`axe.run(document, { preload: false }).then(({ violations }) => violations)`)) as Violation[];
  return found.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('is clean to axe: at first, with details, with an answer, as a list, on a phone', async () => {
    const { page } = await opened(html, { colorScheme });
    await page.locator('#legend summary').click();
    expect(await violations(page)).toEqual([]);
    await page.locator(onMap('anybody outside the mesh -> service bank/rates')).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ask about' }).or(page.locator('#to-ask')).first().click();
    await page.locator('#ask [name=from]').fill('shop/cart');
    await page.locator('#ask [name=to]').fill('bank/ledger:5432');
    await page.locator('#ask button[type=submit]').click();
    await page.locator('#ask summary').click();
    expect(await violations(page)).toEqual([]);
    await page.locator('#as-list').click();
    await page.getByRole('searchbox').fill('shop');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations(page)).toEqual([]);
  });

  it('is so by the wish of the system, until somebody switches', async () => {
    const { page } = await opened(html, { colorScheme });
    const back = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const first = await back();
    await page.locator('#theme').click();
    const switched = await back();
    expect(switched).not.toBe(first);
    expect(await page.locator('#theme').getAttribute('aria-pressed')).toBe(String(colorScheme === 'light'));
    expect([first, switched].indexOf('rgb(244, 246, 249)')).toBe(colorScheme === 'light' ? 0 : 1);
  });
});

it('can be read on a phone: nothing but map, list and code is wider than the screen', async () => {
  const { page } = await opened(html, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.locator(onMap('service shop/order')).tap();
  expect(await page.locator('#details h2').textContent()).toBe('shop/order');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
