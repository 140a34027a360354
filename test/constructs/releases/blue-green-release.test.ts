import { ApiObject } from 'cdk8s';
import {
  BlueGreenRelease,
  type BlueGreenReleaseProps,
  CanaryRelease,
  type CanaryReleaseProps,
  Color,
  DataPlane,
  RequestMatch,
  Routing,
  WeightsOwner,
  ZeroTrustNamespace,
} from 'istio-constructs';
import {
  blueGreen,
  edgeGateway,
  findingCodes,
  manifest,
  type Manifest,
  manifests,
  names,
  service,
  shop,
  type Shop,
  spec,
} from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

type Rule = Readonly<Record<string, any>>;

const PREVIEW = RequestMatch.header('x-preview', 'true');
const BOTH_NAMED =
  /error MESH314 at test\/shop\/cart-v3: test\/shop\/cart-green \(.*\.ts:\d+:\d+\) and test\/shop\/cart-v3 \(.*\.ts:\d+:\d+\) shape/;
const GREEN = { version: 'v2', image: 'registry.example.com/green:2.0.0' };

function released(plane: PlaneUnderTest, props: Partial<BlueGreenReleaseProps> = {}, cart: Parameters<typeof shop>[1] = {}): Shop {
  const one = shop(plane, cart);
  one.product.calls(one.cart);
  edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
  blueGreen(one.cart, props);
  return one;
}

/** A third version, as a canary of the same service. */
function canaryBeside({ shop: scope, cart }: Shop, props: Partial<CanaryReleaseProps>): void {
  new CanaryRelease(scope, 'cart-v3', { service: cart, canary: { ...GREEN, version: 'v3' }, ...props });
}

/** Of each rule of a route, in order, its name and the versions with their weights; 1 where a version is alone. */
function rulesOf({ spec: route }: Manifest): unknown[] {
  const { http, rules } = route as Record<string, Rule[]>;
  const bySubset = ({ destination, weight = 1 }: Rule) => [destination.subset, weight];
  const byService = ({ name, weight }: Rule) => [name.replace('cart-', ''), weight];
  return http?.map((rule) => [rule.name, rule.route.map(bySubset)]) ?? rules.map((rule) => [rule.name, rule.backendRefs.map(byService)]);
}

/** Every object but for what routes say of requests. */
function besideRules(object: Manifest): Manifest {
  const isRoute = ['VirtualService', 'HTTPRoute'].includes(object.kind);
  return isRoute ? { ...object, spec: { ...object.spec, http: undefined, rules: undefined } } : object;
}

const label = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace}/${metadata.name}`;

describe('BlueGreenRelease', () => {
  forEachPlane((plane) => {
    const route = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
    const meshRoute = ({ chart }: Shop) => rulesOf(manifest(chart, route, 'cart'));

    it('is a second Deployment under the same account, name and labels but for the version', () => {
      const { chart } = released(plane);
      const [blue, green] = ['cart-v1', 'cart-v2'].map((name) => manifest(chart, 'Deployment', name, 'shop'));
      expect(green).toHaveProperty('spec.template.spec.serviceAccountName', 'cart');
      expect(green).toHaveProperty('spec.template.spec.containers.0.image', GREEN.image);
      const asGreen = JSON.stringify(blue)
        .replaceAll(/(?<!apps\/)\bv1\b/g, 'v2')
        .replace(/registry[^"]*/, GREEN.image);
      expect(JSON.parse(asGreen)).toEqual(green);
    });

    it('has pods that follow those of the service, and as many as it says', () => {
      const one = shop(plane, { replicas: 4 });
      const release = blueGreen(one.cart, { green: { ...GREEN, replicas: 6 } });
      one.cart.deployment.podMetadata.addAnnotation('team', 'checkout');
      expect([one.cart, release].map(({ deployment }) => deployment.name)).toEqual(['cart-v1', 'cart-v2']);
      const [blue, green] = ['cart-v1', 'cart-v2'].map((name) => spec(one.chart, 'Deployment', name) as Rule);
      expect([blue.replicas, green.replicas]).toEqual([4, 6]);
      expect(green.template.metadata.annotations).toEqual(blue.template.metadata.annotations);
      expect(names(one.chart, 'PodDisruptionBudget').filter((name) => name.includes('cart'))).toEqual(['shop/cart']);
    });

    it('takes a workload made elsewhere as green', () => {
      const one = shop(plane);
      const template = { spec: { containers: [{ name: 'main', image: 'legacy:2' }] } };
      const metadata = { name: 'legacy', namespace: 'shop' };
      const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
      const release = blueGreen(one.cart, { green: { version: 'v2', workload } });
      expect(release.tryDeployment).toBeUndefined();
      expect(spec(one.chart, 'Deployment', 'legacy')).toHaveProperty('template.metadata.labels.version', 'v2');
    });

    it.each([
      [Color.BLUE, [100, 0]],
      [Color.GREEN, [0, 100]],
    ])('gives all requests to %s where that is live, and keeps the way to the other', (live, [blue, green]) => {
      const weights = [
        ['v1', blue],
        ['v2', green],
      ];
      expect(meshRoute(released(plane, { live }))).toEqual([['blue-green-split', weights]]);
    });

    it.each([
      [Color.BLUE, 'v2'],
      [Color.GREEN, 'v1'],
    ])('sends requests that match, where %s is live, to %s, and asks for them first', (live, idle) => {
      const preview = [PREVIEW, RequestMatch.queryParam('preview', '1')];
      const [first, ...others] = meshRoute(released(plane, { live, preview }));
      expect(first).toEqual(['blue-green-match', [[idle, 1]]]);
      expect(others).toEqual(meshRoute(released(plane, { live })));
    });

    it.each([
      ['the default router', undefined],
      ['Istio’s own API', Routing.istio()],
      ['the Gateway API', Routing.gatewayApi()],
    ])('switches by its routes alone, exposed at a gateway, with %s', (_, routing) => {
      const cart = { routing, replicas: 2, circuitBreaker: { maxRequests: 9 } };
      const [before, after] = [Color.BLUE, Color.GREEN].map((live) => manifests(released(plane, { live, preview: [PREVIEW] }, cart).chart));
      expect(after.map(besideRules)).toEqual(before.map(besideRules));

      const changed = after.filter((object, index) => JSON.stringify(object) !== JSON.stringify(before[index]));
      expect(changed.length).toBeGreaterThan(0);
      for (const object of changed) expect(label(object)).toMatch(/^(VirtualService|HTTPRoute) shop\/cart/);
    });

    it('switches the gateway’s own route where the gateway follows none of the mesh', () => {
      const ofGateway = (live: Color) =>
        rulesOf(manifest(released(plane, { live, preview: [PREVIEW] }).chart, 'HTTPRoute', 'cart-gateway'));
      const whole = [[undefined, [['cart', 1]]]];
      const split = (...weights: number[]) => [undefined, weights.map((weight, index) => [`v${index + 1}`, weight])];
      expect(ofGateway(Color.BLUE)).toEqual(plane.of<unknown>({ sidecar: [[undefined, [['v2', 1]]], split(100, 0)], ambient: whole }));
      expect(ofGateway(Color.GREEN)).toEqual(plane.of<unknown>({ sidecar: [[undefined, [['v1', 1]]], split(0, 100)], ambient: whole }));
    });

    it('leads to green’s pods as the service’s own when the service gets its version', () => {
      const cart = { image: 'registry.example.com/cart:1.0.0' };
      const during = released(plane, { live: Color.GREEN }, cart);
      const after = shop(plane, { version: 'v2', image: GREEN.image });
      for (const [kind, name] of [
        ['Deployment', 'cart-v2'],
        ['PodDisruptionBudget', 'cart'],
        ['ServiceAccount', 'cart'],
      ])
        expect(manifest(after.chart, kind, name)).toEqual(manifest(during.chart, kind, name));
    });

    it.each(Object.values(Color))(
      'fails the synth beside a canary that takes a share, whichever is live (%s), and both are named',
      (live) => {
        const one = released(plane, { live });
        canaryBeside(one, { weight: 10 });
        expect(() => one.chart.toJson()).toThrow(BOTH_NAMED);
      },
    );

    it.each<[string, Partial<CanaryReleaseProps>]>([
      ['sends the same requests to its own version', { weight: 0, match: [PREVIEW] }],
      ['has the same version', { weight: 0, canary: GREEN }],
      ['has weights that somebody else moves', { weightsOwnedBy: WeightsOwner.person('the shop team') }],
    ])('fails the synth beside a canary that %s, and both are named', (_, canary) => {
      const one = released(plane, { preview: [PREVIEW] });
      canaryBeside(one, canary);
      expect(() => one.chart.toJson()).toThrow(BOTH_NAMED);
    });

    it('stands beside a canary that gets no requests but those of its own match', () => {
      const one = released(plane, { live: Color.GREEN, preview: [PREVIEW] });
      canaryBeside(one, { weight: 0, match: [RequestMatch.header('x-tester', '1')] });
      const all = [
        ['v1', 0],
        ['v2', 100],
        ['v3', 0],
      ];
      expect(meshRoute(one)).toEqual([
        ['blue-green-match', [['v1', 1]]],
        ['canary-match', [['v3', 1]]],
        ['blue-green-split', all],
      ]);
      expect(findingCodes(one.chart)).not.toContain('MESH314');
    });

    it('fails the synth beside another of its kind, also where both say blue', () => {
      const one = released(plane);
      new BlueGreenRelease(one.shop, 'cart-third', { service: one.cart, green: { ...GREEN, version: 'v3' }, live: Color.BLUE });
      expect(findingCodes(one.chart)).toContain('MESH314');
    });
  });

  it('warns of callers in ambient mode where the service has sidecars, for nobody switches what they send', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const ambient = new ZeroTrustNamespace(one.chart, 'web', { dataPlane: DataPlane.ambient() });
    service(ambient, 'web').calls(one.cart);
    blueGreen(one.cart);
    expect(findingCodes(one.chart)).toContain('MESH312');
  });
});
