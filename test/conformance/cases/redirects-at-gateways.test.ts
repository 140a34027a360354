import {
  IngressGateway,
  type IngressGatewayProps,
  IstioGatewayPods,
  PathRewrite,
  type Redirect,
  RequestMatch,
  UrlScheme,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { type Shop, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { rawGateway } from '../raw-objects';
import { enter } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SHOP = 'shop.example.com';

type Install = (one: Shop) => Pick<IngressGatewayProps, 'istioPods'>;

/** Both kinds of gateway: one that istiod runs, and pods that Helm installed under the same name. */
const KINDS: ReadonlyArray<readonly [string, Install]> = [
  ['of the Gateway API', () => ({})],
  [
    'of Istio',
    ({ chart }) => {
      rawGateway(chart, { name: 'gateway', namespace: 'edge', ports: [80, 443], secrets: ['cert'] });
      return { istioPods: IstioGatewayPods.helmRelease('gateway') };
    },
  ],
];

function behind({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>, install: Install) {
  const one = shop({ dataPlane });
  const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane });
  return { ...one, gateway: new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', ...install(one) }) };
}

/** Where each request ends: the workload that has it, or the address to which its client is sent. */
async function ends(mesh: MeshUnderTest, ...paths: readonly string[]): Promise<unknown[]> {
  const answers = await mesh.answers(paths.map((path) => enter(`https://${SHOP}${path}`)));
  return answers.map(({ allowed, ways, legs }) => (allowed ? ways[0].workload : legs.at(-1)?.shape?.location));
}

describe.each(KINDS)('a path that only redirects, at a gateway %s', (_, install) => {
  forEachPlane((plane) => {
    it('sends clients elsewhere, whatever lies around it', async () => {
      const { chart, gateway, cart, product } = behind(plane, install);
      gateway.expose(product, { host: SHOP });
      const moved = (pathPrefix: string, redirect: Redirect): void =>
        gateway.expose(product, { host: SHOP, pathPrefix, redirect, routeName: `moved${pathPrefix.replaceAll('/', '-')}` });
      moved('/old', { path: PathRewrite.prefix('/new'), status: 301 });
      moved('/gone', { path: PathRewrite.whole('/'), status: 308 });
      moved('/away', { scheme: UrlScheme.HTTPS, host: 'www.example.org', port: 8443 });
      gateway.expose(cart, { host: SHOP, pathPrefix: '/old/cart' });
      const mesh = await judged(chart);
      const at = (path: string): string => `https://${SHOP}${path}`;
      expect(await ends(mesh, '/old', '/old/1?a=b', '/older', '/old/cart/1', '/gone/x', '/away/x')).toEqual([
        at('/new'),
        at('/new/1?a=b'),
        'shop/product-v1',
        'shop/cart-v1',
        at('/'),
        'https://www.example.org:8443/away/x',
      ]);
      await expectOnly(mesh, []);
    });

    it('goes before narrower routes of the service that is exposed around it, and tells requests as all exposed paths do', async () => {
      const { chart, gateway, product } = behind(plane, install);
      gateway.expose(product, { host: SHOP });
      const match = [RequestMatch.path('/old/a'), RequestMatch.header('x-old', '1')];
      const redirect = { path: PathRewrite.prefix('/new') };
      gateway.expose(product, { host: SHOP, pathPrefix: '/old', match, redirect, routeName: 'moved' });
      const pathPattern = '/[0-9]+';
      gateway.expose(product, {
        host: 'www.example.org',
        pathPattern,
        redirect: { path: PathRewrite.whole('/numbers') },
        routeName: 'numbers',
      });
      const mesh = await judged(chart);
      const at = (path: string): string => `https://${SHOP}${path}`;
      expect(await ends(mesh, '/old/a', '/old/b')).toEqual([at('/new/a'), 'shop/product-v1']);
      const numbers = enter('https://www.example.org/123');
      const told = await mesh.answers([enter(at('/old/b'), { headers: { 'x-old': '1' } }), numbers]);
      expect(told.map(({ legs }) => legs.at(-1)?.shape?.location)).toEqual([at('/new/b'), 'https://www.example.org/numbers']);
    });

    it('opens nothing: of what only redirects no policy lets the gateway in', async () => {
      const { chart, gateway, cart } = behind(plane, install);
      gateway.expose(cart, { host: SHOP, redirect: { host: 'www.example.org' } });
      const mesh = await judged(chart);
      expect(await ends(mesh, '/cart')).toEqual(['https://www.example.org/cart']);
      const granted = JSON.stringify(chart.toJson().filter(({ kind }: { readonly kind: string }) => kind === 'AuthorizationPolicy'));
      expect(granted).not.toContain('/ns/edge/');
    });
  });
});
