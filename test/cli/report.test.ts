import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const MORE = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: tried, namespace: shop, annotations: { istio.io/dry-run: 'true' } }
spec: { action: DENY, rules: [{}] }
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec: { configPatches: [] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: product, namespace: shop }
spec: { parentRefs: [{ name: gateway }], hostnames: [shop.example.com], rules: [{ backendRefs: [{ name: product, port: 8080 }] }] }
`;
const OPEN = SHOP.replace(/---\napiVersion: security[\s\S]*$/, '');
const OTHERS = Array.from(
  { length: 50 },
  (_, index) => `---
apiVersion: v1
kind: Service
metadata: { name: product-${index}, namespace: shop }
spec: { selector: { app: product }, ports: [{ name: http, port: 8080 }] }
`,
);
const cli = folderWith({
  'large/shop.yaml': [OPEN, ...OTHERS].join(''),
  'k8s/shop.yaml': SHOP,
  'more/shop.yaml': OPEN + MORE,
});

describe('istio-constructs report', () => {
  it('prints what its page shows', () => {
    const [, shown] = /```markdown\n(# Access\n[\s\S]*?)```/.exec(read('docs/command-line.md'))!;
    expect(cli('report k8s')).toEqual({ code: 0, out: shown, err: '' });
  });

  it('has gateways with their hosts, openings by their doors, and exceptions', () => {
    const { code, out } = cli('report more');
    expect(code).toBe(0);
    expect(out).toMatch(
      /## Gateways\n\n[^\n]+\n[^\n]+\n\| shop\/gateway \| 80 \(HTTP\) \| shop.example.com \| nobody \| shop\/product \|\n/,
    );
    expect(out).toMatch(/## Openings\n[\s\S]*\| shop\/product \| shop\/gateway \| gateway shop.example.com:80 \|/);
    expect(out).toContain('| PeerAuthentication shop/default | lets in callers without mutual TLS (PERMISSIVE) | more/shop.yaml:');
    expect(out).toContain('| AuthorizationPolicy shop/tried | is a dry run: ');
    expect(out).toContain('| EnvoyFilter shop/lua | is not read, and may change what stands here |');
  });

  it('has all openings of a large mesh as well', () => {
    const { code, out } = cli('report large');
    expect(code).toBe(0);
    for (const name of ['product', 'product-0', 'product-49'])
      expect(out).toMatch(new RegExp(`\\n\\| shop/${name} \\| [^|]*pod:shop[^|]* \\| service shop/${name}:8080 \\|`));
  });

  it('writes JSON and text', () => {
    const { sections } = JSON.parse(cli('report k8s --format json').out) as { sections: { title: string; rows: object[] }[] };
    expect(sections.map(({ title }) => title)).toEqual(['Namespaces', 'Calls to shop/product']);
    expect(sections[1].rows).toEqual([
      expect.objectContaining({ 'who may call': ['shop/cart'], objects: ['AuthorizationPolicy shop/product (k8s/shop.yaml:24)'] }),
    ]);
    expect(cli('report k8s --format text').out).toContain(
      'Calls to shop/product\n  shop/cart\n    port: 8080 (HTTP)\n    requests: GET, any path, to 8080\n',
    );
  });
});
