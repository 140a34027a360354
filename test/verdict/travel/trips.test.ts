import { decide } from '../../../lib/verdict/decide';
import {
  AMBIENT,
  BEHIND_WAYPOINT,
  CART,
  CART_VERSIONS,
  DENY_ALL,
  SIDECAR,
  STRICT,
  SUBSETS,
  cluster,
  get,
  namespace,
  service,
  sidecarWeb,
  toService,
  virtualService,
  waypoint,
} from '../fixtures';

const SHOP = namespace('shop', SIDECAR);
const from = sidecarWeb;
const only = (version: string) =>
  `{match: [{uri: {exact: /${version}}}], route: [{destination: {host: cart.shop.svc.cluster.local, subset: ${version}}}]}`;

describe('the end of a way', () => {
  it('is unknown where somebody writes the endpoints of a Service', () => {
    const mesh = cluster(SHOP, service('db', ''));
    expect(decide(mesh, get({ from, to: toService('db') }))).toMatchObject({
      allowed: false,
      unknown: 'Service shop/db has endpoints that somebody writes',
    });
  });

  it('is outside where a Service is another name', () => {
    const external = service('db', '', { extra: ', type: ExternalName, externalName: db.example.com' });
    expect(decide(cluster(SHOP, external), get({ from, to: toService('db') }))).toMatchObject({ allowed: true, by: 'nothing in the way' });
  });

  it('is nowhere where a Service has no pods, no such port, or pods without the port', () => {
    const refusal = { allowed: false, layer: 'routing', by: 'Service shop/db', object: { kind: 'Service' } };
    const none = cluster(SHOP, service('db', 'app: nothing'));
    expect(decide(none, get({ from, to: toService('db') }))).toMatchObject(refusal);
    expect(decide(none, get({ from, to: toService('db', 1) }))).toMatchObject(refusal);
    const unnamed = cluster(SHOP, CART, service('db', 'app: cart', { port: '{name: http, port: 8080, targetPort: other}' }));
    expect(decide(unnamed, get({ from, to: toService('db') }))).toMatchObject(refusal);
  });

  it('is known to a sidecar by its address alone behind a headless Service: it finds other sidecars, and no tunnels', () => {
    const pods = service('cart-pods', 'app: cart', { extra: ', clusterIP: None' });
    const request = get({ from, to: toService('cart-pods') });
    expect(decide(cluster(SHOP, CART, pods, STRICT), request)).toMatchObject({ allowed: true });
    const ambient = cluster(namespace('shop', AMBIENT), CART, pods, STRICT);
    expect(decide(ambient, request)).toMatchObject({ allowed: false, layer: 'mtls', by: 'PeerAuthentication shop/default' });
    expect(decide(ambient, get({ from })).allowed).toBe(true);
  });

  it('is unknown where a rule has clients speak another TLS than the mesh, and no matter where it is the same', () => {
    const tls = (mode: string) => SUBSETS.replace('host: cart.', `trafficPolicy: {tls: {mode: ${mode}}}, host: cart.`);
    expect(decide(cluster(SHOP, CART, tls('SIMPLE')), get({ from })).unknown).toBe(
      'DestinationRule shop/cart sets TLS, which is not read here',
    );
    expect(decide(cluster(SHOP, CART, tls('ISTIO_MUTUAL')), get({ from })).allowed).toBe(true);
  });

  it('is spoken to as a rule says of its port and its subset, and not as the rule says of others', () => {
    const unread = 'DestinationRule shop/cart sets TLS, which is not read here';
    const ofSubset = SUBSETS.replace('labels: {version: v2}', 'labels: {version: v2}, trafficPolicy: {tls: {mode: SIMPLE}}');
    const split = virtualService('cart', `hosts: [cart.shop.svc.cluster.local], http: [${['v1', 'v2'].map(only).join(', ')}]`);
    const inSplit = (version: string) => decide(cluster(SHOP, CART, ofSubset, split), get({ from, path: `/${version}` }));
    expect(inSplit('v1')).toMatchObject({ allowed: true, workload: 'shop/cart-v1' });
    expect(inSplit('v2').unknown).toBe(unread);
    const ofPort = (port: number) =>
      SUBSETS.replace('host: cart.', `trafficPolicy: {portLevelSettings: [{port: {number: ${port}}, tls: {mode: SIMPLE}}]}, host: cart.`);
    expect(decide(cluster(SHOP, CART, ofPort(80)), get({ from })).allowed).toBe(true);
    expect(decide(cluster(SHOP, CART, ofPort(8080)), get({ from })).unknown).toBe(unread);
  });

  it('is spoken to by its waypoint as the mesh does it, whatever a rule says of that', () => {
    const behind = [namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, STRICT];
    const tls = (mode: string) => SUBSETS.replace('host: cart.', `trafficPolicy: {tls: {mode: ${mode}}}, host: cart.`);
    for (const mode of ['ISTIO_MUTUAL', 'DISABLE']) expect(decide(cluster(...behind, tls(mode)), get()).allowed).toBe(true);
    expect(decide(cluster(...behind, tls('SIMPLE')), get()).unknown).toContain('sets TLS');
  });

  it('is refused where clients speak another TLS and the pods take only that of the mesh', () => {
    const tls = (mode: string) => SUBSETS.replace('host: cart.', `trafficPolicy: {tls: {mode: ${mode}}}, host: cart.`);
    for (const mode of ['DISABLE', 'SIMPLE']) {
      expect(decide(cluster(SHOP, CART, STRICT, tls(mode)), get({ from }))).toMatchObject({
        allowed: false,
        layer: 'mtls',
        by: 'DestinationRule shop/cart',
      });
    }
  });

  it('is an application that gets mutual TLS where its sidecar does not take the port, and plaintext that nobody asks about', () => {
    const excluded = CART.replaceAll(
      'metadata: {labels: {app: cart',
      'metadata: {annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "8080"}, labels: {app: cart',
    );
    const mesh = cluster(SHOP, excluded, STRICT, DENY_ALL);
    expect(decide(mesh, get({ from }))).toMatchObject({ allowed: false, layer: 'mtls', by: 'Deployment shop/cart-v1' });
    expect(decide(mesh, get({ from: { pod: { namespace: 'elsewhere' } } }))).toMatchObject({ allowed: true, by: 'nothing in the way' });
    expect(decide(cluster(SHOP, CART, STRICT, DENY_ALL), get({ from: { pod: { namespace: 'elsewhere' } } })).allowed).toBe(false);
  });
});

describe('an end that is nowhere', () => {
  const entry = (name: string, spec: string) =>
    `\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: ${name}, namespace: shop}\nspec: {hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC${spec}}\n---`;
  const web = { from: { pod: { namespace: 'shop', proxy: 'sidecar' as const } }, to: { host: 'api.example.com', port: 80 } };
  const decided = (...entries: string[]) => decide(cluster(namespace('shop', SIDECAR), ...entries), web);

  it('is a ServiceEntry that gives addresses and has none, unless another one of the host has some', () => {
    expect(decided(entry('a', ''))).toMatchObject({
      allowed: false,
      layer: 'routing',
      by: 'ServiceEntry shop/a',
      why: 'no endpoint is behind',
    });
    expect(decided(entry('a', ', endpoints: [{address: 10.0.0.7}]')).allowed).toBe(true);
    expect(decided(entry('a', ''), entry('b', ', endpoints: [{address: 10.0.0.7}]')).allowed).toBe(true);
  });

  it('is a subset that no DestinationRule defines', () => {
    const route = virtualService('cart', 'hosts: [cart], http: [{route: [{destination: {host: cart, subset: v9}}]}]');
    const { by } = decide(cluster(namespace('shop', SIDECAR), CART, CART_VERSIONS, route), get({ from: sidecarWeb }));
    expect(by).toBe('subset v9 of cart.shop.svc.cluster.local, which no DestinationRule defines (503)');
  });

  it('goes by its name where its address is made up', () => {
    const { trail } = decided(entry('a', ', endpoints: [{address: 10.0.0.7}]'));
    expect(trail.map(({ at }) => at)).toContain('api.example.com');
    const stranger = decide(cluster(namespace('shop', SIDECAR)), { ...web, to: { host: 'www.example.org', port: 443 } });
    expect(stranger.trail.map(({ at }) => at)).toContain('www.example.org');
  });
});

describe('a load balancer PASSTHROUGH', () => {
  const passing = (more = '') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: passing, namespace: shop}
spec: {host: cart.shop.svc.cluster.local, trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}${more}}
---`;
  const shop = namespace('shop', SIDECAR);

  it('has sidecars speak mutual TLS where all pods have one, and plaintext to all where some have none', () => {
    expect(decide(cluster(shop, CART, STRICT, passing()), get({ from }))).toMatchObject({ allowed: true });
    const half = CART.replace(
      'metadata: {labels: {app: cart, version: v2}}',
      'metadata: {labels: {app: cart, version: v2, sidecar.istio.io/inject: "false"}}',
    );
    expect(decide(cluster(shop, half, STRICT), get({ from }))).toMatchObject({ allowed: true });
    expect(decide(cluster(shop, half, STRICT, passing()), get({ from }))).toMatchObject({ allowed: false, layer: 'mtls' });
  });

  it('sends what a route leads elsewhere to where it was dialled, which nobody can tell', () => {
    const route = virtualService('web', 'hosts: [web], http: [{route: [{destination: {host: cart}}]}]');
    const web = service('web', 'app: cart');
    const asked = get({ from, to: toService('web') });
    expect(decide(cluster(shop, CART, web, route), asked).allowed).toBe(true);
    expect(decide(cluster(shop, CART, web, route, passing()), asked).unknown).toContain('go where they were dialled');
  });
});
