import { Duration } from 'cdk8s';
import { type MeshedServiceProps, type RetryPolicy, Routing } from 'istio-constructs';
import { canary, findingCodes, names, shop, type Shop, spec } from '../builders';
import { forEachPlane } from '../for-each-plane';

const retries: RetryPolicy = { attempts: 2 };
const circuitBreaker = { maxConnections: 9 };

type Objects = Readonly<Record<string, readonly string[]>>;

/** What of the objects that shape traffic there is, by kind. */
function objectsOf({ chart }: Shop): Objects {
  const kinds = ['VirtualService', 'HTTPRoute', 'DestinationRule', 'Service'];
  const ours = (kind: string) => names(chart, kind).filter((name) => name.startsWith('shop/cart'));
  return Object.fromEntries(kinds.map((kind) => [kind, ours(kind).map((name) => name.replace('shop/', ''))]));
}

function split(plane: Parameters<typeof shop>[0], cart: Partial<MeshedServiceProps>): Shop {
  const one = shop(plane, cart);
  canary(one.cart);
  return one;
}

const BY_SUBSET: Objects = { VirtualService: ['cart'], HTTPRoute: [], DestinationRule: ['cart'], Service: ['cart'] };
const BY_SERVICE: Objects = { VirtualService: [], HTTPRoute: ['cart'], DestinationRule: [], Service: ['cart', 'cart-v1', 'cart-v2'] };

describe('the router of a service', () => {
  forEachPlane((plane) => {
    it('is the plane’s own unless said otherwise', () => {
      expect(objectsOf(split(plane, {}))).toEqual(plane.of({ sidecar: BY_SUBSET, ambient: BY_SERVICE }));
    });

    it('is VirtualService for a service with retries, for HTTPRoute has no words for them', () => {
      expect(objectsOf(split(plane, { retries }))).toEqual(BY_SUBSET);
    });

    it('is VirtualService with subsets where it is asked for', () => {
      expect(objectsOf(split(plane, { routing: Routing.istio() }))).toEqual(BY_SUBSET);
    });

    it('is HTTPRoute with a Service for each version where it is asked for', () => {
      expect(objectsOf(split(plane, { routing: Routing.gatewayApi() }))).toEqual(BY_SERVICE);
    });

    it('fails the synth when it is asked for and lacks words for the route', () => {
      const { chart } = split(plane, { routing: Routing.gatewayApi(), retries });
      expect(() => chart.toJson()).toThrow('MESH309');
    });

    it('says that a VirtualService at a waypoint is alpha', () => {
      const alpha = plane.of({ sidecar: [], ambient: ['MESH310'] });
      expect(findingCodes(split(plane, { retries }).chart)).toEqual(alpha);
      expect(findingCodes(split(plane, {}).chart)).toEqual([]);
    });

    it('is one for both, so that a host has one owner', () => {
      const { chart } = split(plane, { retries, timeout: Duration.seconds(9) });
      expect([...names(chart, 'VirtualService'), ...names(chart, 'HTTPRoute')]).toEqual(['shop/cart']);
    });

    it('repeats the circuit breaker for every host that the route names', () => {
      const one = split(plane, { circuitBreaker });
      const rules = names(one.chart, 'DestinationRule').map((name) => name.replace('shop/', ''));
      expect(rules).toEqual(plane.of({ sidecar: ['cart'], ambient: ['cart', 'cart-v1', 'cart-v2'] }));
      const policy = { trafficPolicy: { connectionPool: { tcp: { maxConnections: 9 } } } };
      for (const name of rules) {
        expect(spec(one.chart, 'DestinationRule', name)).toMatchObject({ host: `${name}.shop.svc.cluster.local`, ...policy });
      }
    });

    it('leaves subsets to the router that names them', () => {
      const subsetsOf = (routing: Routing) => spec(split(plane, { circuitBreaker, routing }).chart, 'DestinationRule', 'cart').subsets;
      expect(subsetsOf(Routing.gatewayApi())).toBeUndefined();
      expect(subsetsOf(Routing.istio())).toEqual([
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ]);
    });

    it('tells callers’ proxies of the hosts that it sends them to', () => {
      const one = split(plane, { routing: Routing.gatewayApi() });
      one.product.calls(one.cart);
      const scopes = names(one.chart, 'Sidecar').includes('shop/product') ? spec(one.chart, 'Sidecar', 'product').egress : undefined;
      const hosts = ['cart-v1', 'cart-v2', 'cart'].map((name) => `shop/${name}.shop.svc.cluster.local`);
      expect(scopes).toEqual(plane.of<unknown>({ sidecar: [{ hosts }], ambient: undefined }));
    });
  });
});
