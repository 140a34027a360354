import { type CanaryReleaseProps, DataPlane, MeshPort, RequestMatch } from 'istio-constructs';
import { canary, grant, manifest, names, principal, rule, shop, type Shop, spec } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const HEADER = RequestMatch.header('x-canary', 'true');
const HOST = 'cart.shop.svc.cluster.local';

function released(plane: PlaneUnderTest, props: Partial<CanaryReleaseProps> = {}, cart: Parameters<typeof shop>[1] = {}): Shop {
  const one = shop(plane, cart);
  canary(one.cart, props);
  return one;
}

/** Weights of stable and canary in the last route, which takes what no match takes. */
function weightsOf({ chart }: Shop, plane: PlaneUnderTest): Array<number | undefined> {
  const kind = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
  type Backend = { readonly weight?: number };
  const { http, rules } = spec(chart, kind, 'cart') as { http?: Array<{ route: Backend[] }>; rules?: Array<{ backendRefs: Backend[] }> };
  return (http?.at(-1)!.route ?? rules!.at(-1)!.backendRefs).map(({ weight }) => weight);
}

describe('CanaryRelease', () => {
  forEachPlane((plane) => {
    it('is a second Deployment under the same account, name and labels but for the version', () => {
      const { chart } = released(plane);
      const [stable, second] = ['cart-v1', 'cart-v2'].map((name) => manifest(chart, 'Deployment', name, 'shop'));
      expect(second).toHaveProperty('spec.template.spec.serviceAccountName', 'cart');
      expect(second).toHaveProperty('spec.selector.matchLabels', { app: 'cart', version: 'v2' });
      expect(second).toHaveProperty('spec.template.spec.containers.0.image', 'registry.example.com/canary:2.0.0');
      const asSecond = JSON.stringify(stable)
        .replaceAll(/(?<!apps\/)\bv1\b/g, 'v2')
        .replace(/registry[^"]*/, 'registry.example.com/canary:2.0.0');
      expect(JSON.parse(asSecond)).toEqual(second);
    });

    it('has as many pods as the service, or as many as it says, and no budget of its own', () => {
      const image = 'registry.example.com/canary:2.0.0';
      const replicasOf = (replicas?: number) => {
        const { chart } = released(plane, { weight: 0, canary: { version: 'v2', image, replicas } }, { replicas: 4 });
        expect(names(chart, 'PodDisruptionBudget').filter((name) => name.includes('cart'))).toEqual(['shop/cart']);
        return spec(chart, 'Deployment', 'cart-v2').replicas;
      };
      expect([replicasOf(), replicasOf(1), replicasOf(0)]).toEqual([4, 1, 0]);
    });

    it('gives its Deployment as the service gives its own', () => {
      const { cart } = shop(plane);
      const release = canary(cart);
      expect([cart, release].map(({ deployment }) => deployment.name)).toEqual(['cart-v1', 'cart-v2']);
      expect([cart, release].map((one) => one.tryDeployment === one.deployment)).toEqual([true, true]);
    });

    it('grows with the load as the service does', () => {
      const { chart } = released(plane, {}, { autoscaling: { minReplicas: 2, maxReplicas: 6 } });
      expect(spec(chart, 'HorizontalPodAutoscaler', 'cart-v2')).toMatchObject({ scaleTargetRef: { name: 'cart-v2' }, maxReplicas: 6 });
      expect(names(chart, 'HorizontalPodAutoscaler')).toEqual(['shop/cart-v1', 'shop/cart-v2']);
    });

    it.each([
      [0, [100, 0]],
      [5, [95, 5]],
      [100, [0, 100]],
    ])('sends %d percent of the requests to the new version', (weight, weights) => {
      expect(weightsOf(released(plane, { weight }), plane)).toEqual(weights);
    });

    it.each([
      [undefined, 0],
      [0, 0],
      [1, 5],
      [2, 20],
      [4, 100],
    ])('sends at step %p of four %d percent', (step, share) => {
      const one = shop(plane);
      const release = canary(one.cart, { steps: [5, 20, 50, 100], step });
      expect(release.weight).toBe(share);
      expect(weightsOf(one, plane)).toEqual([100 - share, share]);
    });

    it('splits by subsets of one host, or by a Service for each version', () => {
      const { chart } = released(plane);
      const split = { sidecar: splitBySubset(10), ambient: splitByService(10) };
      expect(spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart')).toEqual(plane.of<object>(split));
      expect(names(chart, 'DestinationRule')).toEqual(plane.of({ sidecar: ['shop/cart'], ambient: [] }));
      const services = names(chart, 'Service').filter((name) => name.startsWith('shop/cart'));
      expect(services).toEqual(plane.of({ sidecar: ['shop/cart'], ambient: ['shop/cart', 'shop/cart-v1', 'shop/cart-v2'] }));
    });

    it('sends requests that match to the new version first, at weight 0 as well', () => {
      const { chart } = released(plane, { weight: 0, match: [HEADER] });
      const { http, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart');
      const port = { number: 8080 };
      const v2 = { group: '', kind: 'Service', name: 'cart-v2', port: 8080, weight: 1 };
      const path = { type: 'PathPrefix', value: '/' };
      const first = plane.of<object>({
        sidecar: {
          name: 'canary-match',
          match: [{ headers: { 'x-canary': { exact: 'true' } } }],
          route: [{ destination: { host: HOST, subset: 'v2', port } }],
        },
        ambient: {
          name: 'canary-match',
          matches: [{ path, headers: [{ type: 'Exact', name: 'x-canary', value: 'true' }] }],
          backendRefs: [v2],
        },
      });
      expect((http ?? rules) as object[]).toHaveLength(2);
      expect(((http ?? rules) as object[])[0]).toEqual(first);
    });

    it('takes several matches as alternatives', () => {
      const { chart } = released(plane, { match: [HEADER, RequestMatch.queryParam('beta', '1')] });
      const { http, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart');
      const [first] = (http ?? rules) as Array<{ match?: object[]; matches?: object[] }>;
      expect(first.match ?? first.matches).toHaveLength(2);
    });

    it('keeps the grants of the service on every way to its versions', () => {
      const { chart, cart, product } = released(plane);
      product.calls(cart);
      const target = plane.of<object>({
        sidecar: { selector: { matchLabels: { app: 'cart' } } },
        ambient: { targetRefs: ['cart', 'cart-v1', 'cart-v2'].map((name) => ({ group: '', kind: 'Service', name })) },
      });
      expect(grant(chart, 'cart')).toEqual({
        ...target,
        action: 'ALLOW',
        rules: [rule(principal('shop', 'product'), { ports: ['8080'] })],
      });
    });

    it('writes what is said of a host before the route that uses it', () => {
      const { chart } = released(plane, {}, { circuitBreaker: { maxConnections: 9 } });
      const order = chart.toJson().map(({ kind }: { kind: string }) => kind);
      const route = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
      expect(order).toEqual(expect.arrayContaining(['DestinationRule', route]));
      expect(order.lastIndexOf('DestinationRule')).toBeLessThan(order.indexOf(route));
    });

    it('renames nothing and restarts nothing when the new version becomes the service’s', () => {
      const image = 'registry.example.com/cart:2.0.0';
      const during = shop(plane, { image: 'registry.example.com/cart:1.0.0' });
      canary(during.cart, { canary: { version: 'v2', image }, weight: 100 });
      const after = shop(plane, { version: 'v2', image });
      for (const [kind, name] of [
        ['Deployment', 'cart-v2'],
        ['PodDisruptionBudget', 'cart'],
        ['ServiceAccount', 'cart'],
      ]) {
        expect(JSON.stringify(manifest(after.chart, kind, name))).toBe(JSON.stringify(manifest(during.chart, kind, name)));
      }
    });

    it('splits the connections to ports that do not speak HTTP by the same weights', () => {
      const { chart } = released(plane, {}, { ports: [MeshPort.http(80), MeshPort.tcp(9000)] });
      const { tcp, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'TCPRoute' }), 'cart') as Record<string, any[]>;
      const [{ route, backendRefs }, ...others] = tcp ?? rules;
      expect(others).toEqual([]);
      expect((route ?? backendRefs).map(({ weight }: { weight: number }) => weight)).toEqual([90, 10]);
    });
  });

  it('splits each port that speaks HTTP, in one VirtualService', () => {
    const ports = [MeshPort.http(80), MeshPort.grpc(90)];
    const one = shop({ dataPlane: DataPlane.sidecar() }, { ports });
    canary(one.cart);
    expect(spec(one.chart, 'VirtualService', 'cart').http).toMatchObject([
      { name: 'canary-split-http', match: [{ port: 80 }], route: [{ destination: { port: { number: 80 } } }, {}] },
      { name: 'canary-split-grpc', match: [{ port: 90 }], route: [{ destination: { port: { number: 90 } } }, {}] },
    ]);
  });

  it('splits each port that speaks HTTP, in an HTTPRoute for each', () => {
    const ports = [MeshPort.http(80), MeshPort.grpc(90)];
    const one = shop({ dataPlane: DataPlane.ambient() }, { ports });
    canary(one.cart);
    expect(names(one.chart, 'HTTPRoute')).toEqual(['shop/cart-http', 'shop/cart-grpc']);
    expect(spec(one.chart, 'HTTPRoute', 'cart-grpc').parentRefs).toEqual([{ group: '', kind: 'Service', name: 'cart', port: 90 }]);
  });
});

function splitBySubset(share: number): object {
  const destination = (subset: string) => ({ host: HOST, subset, port: { number: 8080 } });
  const route = [
    { destination: destination('v1'), weight: 100 - share },
    { destination: destination('v2'), weight: share },
  ];
  return { hosts: [HOST], http: [{ name: 'canary-split', route }] };
}

function splitByService(share: number): object {
  const backend = (name: string, weight: number) => ({ group: '', kind: 'Service', name, port: 8080, weight });
  const backendRefs = [backend('cart-v1', 100 - share), backend('cart-v2', share)];
  const matches = [{ path: { type: 'PathPrefix', value: '/' } }];
  return {
    parentRefs: [{ group: '', kind: 'Service', name: 'cart', port: 8080 }],
    rules: [{ name: 'canary-split', matches, backendRefs }],
  };
}
