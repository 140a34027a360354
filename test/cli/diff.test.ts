import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const OPEN = SHOP.replace('methods: [GET]', 'methods: [GET, POST]');
const NO_POLICY = SHOP.replace(/---\napiVersion: security[\s\S]*$/, '');
const MANY = Array.from({ length: 20 }, (_, index) => NO_POLICY.split('---\n')[1].replaceAll('cart', `a${index}`)).join('---\n');
const SHUT = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: shop }
spec: {}
`;
const cli = folderWith({
  'open/shop.yaml': `${NO_POLICY}---\n${MANY}`,
  'none/shop.yaml': `${NO_POLICY}---\n${MANY}${SHUT}`,
  'ambient/shop.yaml': NO_POLICY.replace('istio-injection: enabled', 'istio.io/dataplane-mode: ambient'),
  'main/shop.yaml': SHOP,
  'k8s/shop.yaml': OPEN,
  'same/shop.yaml': `# another comment\n${SHOP}`,
});

describe('istio-constructs diff', () => {
  it('tells which requests arrive now and did not, and ends with 1', () => {
    const { code, out, err } = cli('diff main k8s');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toBe(
      'opened: shop/cart -> shop/product POST, any path, to 8080, as in POST /, by AuthorizationPolicy shop/product (k8s/shop.yaml:24)\n',
    );
  });

  it('prints what its page shows', () => {
    const [, shown] = /```text\n(opened: [\s\S]*?)```/.exec(read('docs/command-line.md'))!;
    expect(cli('diff main k8s').out).toBe(shown);
  });

  it('counts what only closes as clean, and says where nothing differs', () => {
    expect(cli('diff k8s main')).toMatchObject({ code: 0, out: expect.stringMatching(/^closed: shop\/cart -> shop\/product POST, /) });
    expect(cli('diff main same')).toMatchObject({ code: 0, out: expect.stringMatching(/^every request fares as before\n$/) });
  });

  it('writes a comment of a pull request, annotations and JSON', () => {
    expect(cli('diff main k8s --format markdown').out).toBe(
      [
        '## What changes for requests',
        '',
        '**1 opened**',
        '',
        '### Opened',
        '',
        '| from | to | requests | decided by |',
        '|---|---|---|---|',
        '| shop/cart | shop/product | POST, any path, to 8080 | AuthorizationPolicy shop/product (k8s/shop.yaml:24) |',
        '',
      ].join('\n'),
    );
    expect(cli('diff main k8s --format github').out).toMatch(
      /^::warning file=k8s\/shop.yaml,line=24,col=1,title=opened::opened: shop\/cart/,
    );
    const { changes } = JSON.parse(cli('diff main k8s --format json').out) as { changes: object[] };
    expect(changes).toMatchObject([{ change: 'opened', caller: 'shop/cart', requests: { methods: ['POST'] } }]);
  });

  it('keeps a comment short: what only closes is folded, callers and rows are counted, and a plane is a line', () => {
    const { out } = cli('diff open ambient --format markdown');
    expect(out).toMatch(/^## What changes for requests\n\n\*\*\d+ (opened|closed|weakened)/);
    expect(out).toContain('- Namespace shop goes from sidecar mode to ambient mode\n');
    expect(cli('diff k8s main --format markdown').out).toContain('<details><summary>Closed (1)</summary>\n\n| from | to |');
    expect(cli('diff open none --format markdown').out).toMatch(/\| shop\/a0, shop\/a1, shop\/a10, shop\/a11 and \d+ more \|/);
  });

  it('ends with 2 where nobody can tell, or a version is not there', () => {
    const unclear = `${SHOP}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: product, namespace: shop }
spec: { hosts: [product], http: [{ match: [{ uri: { regex: '(?P<a>x)' } }], route: [{ destination: { host: product } }] }] }
`;
    expect(cli('diff main -', unclear)).toMatchObject({ code: 2, out: expect.stringContaining('unclear: shop/cart -> shop/product ') });
    expect(cli('diff main -', '')).toMatchObject({ code: 2, err: 'error: nothing is piped in\n' });
    expect(cli('diff - -', SHOP)).toMatchObject({ code: 2, err: 'error: - can be said once\n' });
    expect(cli('diff main nowhere')).toMatchObject({ code: 2, err: 'error: there is no file or folder nowhere\n' });
  });
});
