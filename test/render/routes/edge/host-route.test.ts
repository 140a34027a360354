import { foldRoutes } from '../../../../lib/graph/fold-routes';
import type { Exposure } from '../../../../lib/model/exposure';
import { type Entering, isRouteOf, renderHostRoute, renderPortRedirect } from '../../../../lib/render/routes/edge/host-route';
import { cart, ownStatement, release } from '../../../graph/route-statements';
import { exposure, service } from '../../../rules/model-builder';

const tcp = { name: 'tcp', number: 9000, targetPort: 9001, appProtocol: 'tcp', readsHttp: false };
const http = { name: 'http', number: 8080, targetPort: 8080, appProtocol: 'http', readsHttp: true };
const table = foldRoutes(cart, [ownStatement(), release('v2', 10)]);
const gateway = { name: 'front-https', namespaceName: 'edge' };

function entering(said: Partial<Exposure>, splitsHere = true): Entering {
  const exposed = exposure(service('cart', { ports: [http, tcp] }), { listener: 'https', port: 8080, ...said });
  return { exposure: exposed, table, splitsHere, destinations: (subset) => ({ host: 'cart', subset }) };
}

const subsets = [expect.objectContaining({ weight: 90 }), expect.objectContaining({ weight: 10 })];

describe('the VirtualService of a host', () => {
  it('is bound to one Gateway, and repeats the split of the mesh', () => {
    const { hosts, gateways, http: routes } = renderHostRoute(gateway, [entering({})]);
    expect([hosts, gateways]).toEqual([['shop.example.com'], ['edge/front-https']]);
    expect(routes).toMatchObject([{ route: subsets }]);
  });

  it('names the service where a waypoint splits', () => {
    const [{ match, route }] = renderHostRoute(gateway, [entering({}, false)]).http!;
    expect([match, route]).toEqual([undefined, [{ destination: { host: 'cart', subset: undefined, port: { number: 8080 } } }]]);
  });

  it('compares whole paths with a pattern', () => {
    const [{ match }] = renderHostRoute(gateway, [entering({ pathPrefix: '/v1', pathPattern: '/v1/[a-z]+' })]).http!;
    expect(match).toEqual([{ uri: { regex: '/v1/[a-z]+' } }]);
  });

  it('sends clients elsewhere by itself where that was said', () => {
    const [{ redirect, route }] = renderHostRoute(gateway, [entering({ redirect: { host: 'www.example.org', statusCode: 302 } })]).http!;
    expect([redirect?.authority, redirect?.redirectCode, route]).toEqual(['www.example.org', 302, undefined]);
  });

  it('goes by the server that TLS asks for, and by nothing once TLS has ended', () => {
    const passed = renderHostRoute(gateway, [entering({ protocol: 'tls', port: 9000 })]);
    expect([passed.tls, passed.tcp]).toEqual([[{ match: [{ sniHosts: ['shop.example.com'] }], route: subsets }], undefined]);
    const ended = renderHostRoute(gateway, [entering({ protocol: 'tls', port: 9000, endsTls: true })]);
    expect([ended.tls, ended.tcp]).toEqual([undefined, [{ route: subsets }]]);
  });

  it('hands bytes on', () => {
    expect(renderHostRoute(gateway, [entering({ protocol: 'tcp', host: '*', port: 9000 }, false)])).toEqual({
      hosts: ['*'],
      gateways: ['edge/front-https'],
      tcp: [{ route: [{ destination: { host: 'cart', subset: undefined, port: { number: 9000 } } }] }],
    });
  });

  it('has names by which the routes of an exposure are known', () => {
    const one = exposure(service('cart'), { routeName: 'cart-front' });
    expect(['cart-front', 'cart-front.split', 'cart-front2', undefined].map((name) => isRouteOf(one, name))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a redirect to another port', () => {
  it('is for the hosts of its listener, or for all', () => {
    const listener = { kind: 'redirect', name: 'http', port: 80, hosts: [], securePort: 8443 } as const;
    expect(renderPortRedirect(gateway, listener)).toEqual({
      hosts: ['*'],
      gateways: ['edge/front-https'],
      http: [{ redirect: { scheme: 'https', port: 8443, redirectCode: 301 } }],
    });
    expect(renderPortRedirect(gateway, { ...listener, hosts: ['a.com'] }).hosts).toEqual(['a.com']);
  });
});
