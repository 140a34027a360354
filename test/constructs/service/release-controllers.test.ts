import { ApiObject, Duration } from 'cdk8s';
import {
  BlueGreenRelease,
  CanaryRelease,
  Color,
  DataPlane,
  FlaggerMetric,
  ForeignFields,
  MeshedService,
  type MeshedServiceProps,
  MeshPort,
  ReleaseController,
  RolloutStep,
  WeightsOwner,
} from 'istio-constructs';
import { manifests, names, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const FLAGGER = ReleaseController.flagger({ interval: Duration.minutes(1), metrics: [FlaggerMetric.successRate(99)] });
const ARGO = ReleaseController.argoRollouts({
  steps: [RolloutStep.setWeight(10)],
  metrics: [{ name: 'errors', query: 'q', successCondition: 'result[0] < 1' }],
});
const CANONICAL = { 'service.istio.io/canonical-name': 'cart' };
const image = 'registry.example.com/cart:2';
const sidecar = { dataPlane: DataPlane.sidecar() };

/** Fields that somebody else owns, by kind and name. */
const lent = ({ objects }: MeshedService) =>
  Object.fromEntries(
    objects.map((object) => [`${object.kind} ${object.name}`, ForeignFields.of(object)] as const).filter(([, fields]) => fields.length > 0),
  );

describe('a service that Flagger releases', () => {
  forEachPlane((plane) => {
    const one = () => {
      const made = shop(plane, { releaseController: FLAGGER });
      made.product.calls(made.cart);
      return made;
    };

    it('leaves Services and routes to Flagger', () => {
      const { chart, cart } = one();
      expect([names(chart, 'Service'), names(chart, 'VirtualService'), names(chart, 'HTTPRoute')]).toEqual([
        ['shop/product', 'payments/payment'],
        [],
        [],
      ]);
      expect(names(chart, 'Canary')).toEqual(['shop/cart']);
      expect(cart.tryService).toBeUndefined();
    });

    it('picks the pods of both versions by a label that Flagger keeps', () => {
      const { chart } = one();
      expect(spec(chart, 'AuthorizationPolicy', 'cart')).toMatchObject({ selector: { matchLabels: CANONICAL } });
      expect(spec(chart, 'NetworkPolicy', 'cart')).toMatchObject({ podSelector: { matchLabels: CANONICAL } });
      expect(spec(chart, 'PodDisruptionBudget', 'cart')).toMatchObject({ selector: { matchLabels: CANONICAL } });
      expect(spec(chart, 'Deployment', 'cart-v1')).toMatchObject({
        selector: { matchLabels: { app: 'cart', version: 'v1' } },
        template: { metadata: { labels: { app: 'cart', ...CANONICAL } } },
      });
    });

    it('tells callers of all three hosts, or grants them at all three Services', () => {
      const { chart } = one();
      const hosts = ['cart', 'cart-primary', 'cart-canary'];
      if (plane.of({ sidecar: true, ambient: false }))
        expect(spec(chart, 'Sidecar', 'product')).toMatchObject({
          egress: [{ hosts: hosts.map((host) => `shop/${host}.shop.svc.cluster.local`).sort() }],
        });
      else
        expect(spec(chart, 'AuthorizationPolicy', 'cart-waypoint')).toMatchObject({
          targetRefs: hosts.map((name) => ({ group: '', kind: 'Service', name })),
        });
    });

    it('lends the number of pods, which Flagger takes to none and back', () => {
      expect(lent(one().cart)).toEqual({ 'Deployment cart-v1': ['spec.replicas'] });
    });

    it('has its autoscaler copied', () => {
      const { chart, cart } = shop(plane, { releaseController: FLAGGER, autoscaling: { maxReplicas: 5 } });
      expect(spec(chart, 'Canary', 'cart')).toMatchObject({ autoscalerRef: { name: 'cart-v1' } });
      expect(lent(cart)).toEqual({});
    });

    it('asks for what its plane measures', () => {
      const reporter = plane.of({ sidecar: 'destination', ambient: 'waypoint' });
      expect(spec(one().chart, 'MetricTemplate', 'cart-success-rate')).toMatchObject({
        query: expect.stringContaining(`reporter="${reporter}"`),
      });
    });
  });

  it('has no Service of this program to patch', () => {
    const { cart } = shop(sidecar, { releaseController: FLAGGER });
    expectRefusal(() => cart.service, {
      code: 'MESH753',
      path: 'test/shop/cart',
      fix: 'say it of the service',
      got: 'a service that Flagger releases',
    });
  });
});

describe('a service that Argo Rollouts releases', () => {
  forEachPlane((plane) => {
    it('keeps its Services and routes, and lends what Argo Rollouts writes in them', () => {
      const { chart, cart } = shop(plane, { releaseController: ARGO });
      expect(names(chart, 'Rollout')).toEqual(['shop/cart']);
      expect(names(chart, 'AnalysisTemplate')).toEqual(['shop/cart']);
      const weights = (path: string) => [0, 1].map((index) => `${path}[${index}].weight`);
      expect(lent(cart)).toEqual(
        plane.of<object>({
          sidecar: {
            'DestinationRule cart': ['spec.subsets[0].labels', 'spec.subsets[1].labels'],
            'VirtualService cart': weights('spec.http[0].route'),
          },
          ambient: { 'HTTPRoute cart': weights('spec.rules[0].backendRefs') },
        }),
      );
    });

    it('says how many pods there are in the Rollout alone', () => {
      const { chart } = shop(plane, { releaseController: ARGO, replicas: 3 });
      expect(spec(chart, 'Rollout', 'cart')).toMatchObject({ replicas: 3 });
      expect(spec(chart, 'Deployment', 'cart-v1')).not.toHaveProperty('replicas');
    });

    it('scales the Rollout', () => {
      const { chart } = shop(plane, { releaseController: ARGO, autoscaling: { maxReplicas: 5 } });
      expect(spec(chart, 'HorizontalPodAutoscaler', 'cart-v1')).toMatchObject({
        scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'cart' },
      });
      expect(spec(chart, 'Rollout', 'cart')).not.toHaveProperty('replicas');
    });
  });
});

describe('a release controller', () => {
  const attempt = (props: Partial<MeshedServiceProps>) => () =>
    new MeshedService(shop(sidecar).shop, 'search', { image, ports: [MeshPort.http(8080)], ...props });
  const refusal = { path: 'test/shop/search' };

  it('fails for pods made elsewhere', () => {
    const one = shop(sidecar);
    const template = { spec: { containers: [{ name: 'main' }] } };
    const metadata = { name: 'search', namespace: 'shop' };
    const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    const act = () => new MeshedService(one.shop, 'search', { workload, ports: [MeshPort.http(8080)], releaseController: FLAGGER });
    expectRefusal(act, { ...refusal, code: 'MESH747', fix: 'set image', got: 'releaseController beside workload' });
  });

  it.each([FLAGGER, ARGO])('fails for a service without an HTTP port', (releaseController) => {
    const act = attempt({ ports: [MeshPort.tcp(9000)], releaseController });
    expectRefusal(act, { ...refusal, code: 'MESH748', fix: 'declare a port with MeshPort.http', got: 'a service without an HTTP port' });
  });

  it('fails for ports that Flagger would give other numbers', () => {
    const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(90, { targetPort: 9090 })];
    expectRefusal(attempt({ ports, releaseController: FLAGGER }), {
      ...refusal,
      code: 'MESH752',
      fix: 'targetPort',
      got: 'port 90 to 9090',
    });
    expect(attempt({ ports, releaseController: ARGO })).not.toThrow();
  });

  it.each([
    [FLAGGER, 'a'.repeat(53)],
    [ARGO, 'a'.repeat(57)],
  ])('fails for a service whose name leaves no room for those of versions', (releaseController, id) => {
    const act = () => new MeshedService(shop(sidecar).shop, id, { image, ports: [MeshPort.http(8080)], releaseController });
    expect(act).toThrow(/at most 63 characters/);
  });

  it.each([FLAGGER, ARGO])('fails beside a release of this program', (releaseController) => {
    const one = shop(sidecar, { releaseController });
    const canary = () => new CanaryRelease(one.shop, 'release', { service: one.cart, canary: { version: 'v2', image }, weight: 5 });
    const green = () => new BlueGreenRelease(one.shop, 'green', { service: one.cart, green: { version: 'v2', image }, live: Color.BLUE });
    expectRefusal(canary, { code: 'MESH746', path: 'test/shop/release', fix: 'set the new image on the service', got: 'a canary' });
    expectRefusal(green, { code: 'MESH746', path: 'test/shop/green', fix: 'set the new image on the service', got: 'a green version' });
  });

  it.each<[WeightsOwner, string]>([
    [WeightsOwner.FLAGGER, 'ReleaseController.flagger'],
    [WeightsOwner.ARGO_ROLLOUTS, 'ReleaseController.argoRollouts'],
    [WeightsOwner.person(' flagger'), 'ReleaseController.flagger'],
  ])('is no owner of weights between Deployments of this program', (weightsOwnedBy, fix) => {
    const one = shop(sidecar);
    const act = () => new CanaryRelease(one.shop, 'release', { service: one.cart, canary: { version: 'v2', image }, weightsOwnedBy });
    expectRefusal(act, {
      code: 'MESH745',
      path: 'test/shop/release',
      fix: 'drop the CanaryRelease',
      got: `weightsOwnedBy: ${weightsOwnedBy.who}`,
    });
    const again = () => new CanaryRelease(one.shop, 'again', { service: one.cart, canary: { version: 'v2', image }, weightsOwnedBy });
    expect(again).toThrow(fix);
  });
});

describe('a Rollout made elsewhere', () => {
  const adopt = (rollout: object) => () => {
    const one = shop(sidecar);
    const metadata = { name: 'search', namespace: 'shop' };
    const object = new ApiObject(one.chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec: rollout });
    MeshedService.fromWorkload(one.shop, 'search', object, { ports: [MeshPort.http(8080)] });
    return one.chart;
  };
  const template = { spec: { containers: [{ name: 'main', image }] } };
  const istio = (virtualService: object, destinationRule?: object) => ({
    template,
    strategy: { canary: { trafficRouting: { istio: { virtualService, destinationRule } } } },
  });
  const plugin = (httpRoute: string, services: object) => ({
    template,
    strategy: { canary: { ...services, trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute, namespace: 'shop' } } } } },
  });
  const SUBSETS = { name: 'search', stableSubsetName: 'stable', canarySubsetName: 'canary' };
  const refusal = { path: 'test/shop/search' };

  it('has its pods meshed as those of a Deployment', () => {
    const chart = adopt({ template })();
    expect(spec(chart, 'Rollout', 'search')).toMatchObject({
      template: { metadata: { labels: { app: 'search', version: 'v1' } }, spec: { serviceAccountName: 'search' } },
    });
    expect(names(chart, 'VirtualService')).toEqual([]);
  });

  it('fails without a template of its own', () => {
    expectRefusal(adopt({ workloadRef: { name: 'search' } }), {
      ...refusal,
      code: 'MESH754',
      fix: 'set spec.template',
      got: 'workloadRef',
    });
  });

  it.each<[string, object, string]>([
    ['another VirtualService', istio({ name: 'other' }, SUBSETS), 'other'],
    ['another DestinationRule', istio({ name: 'search' }, { ...SUBSETS, name: 'other' }), 'other'],
    ['no DestinationRule', istio({ name: 'search' }), 'none'],
    ['no subset', istio({ name: 'search' }, { name: 'search' }), 'a destinationRule without both'],
    ['another HTTPRoute', plugin('other', {}), 'other'],
    ['no Services', plugin('search', {}), 'stableService: undefined'],
    ['Services of another name', plugin('search', { stableService: 'old', canaryService: 'new' }), 'stableService: old'],
  ])('fails where it names %s', (_, rollout, got) => {
    expectRefusal(adopt(rollout), { ...refusal, code: 'MESH755', fix: '', got });
    expect(adopt(rollout)).toThrow('in its spec.strategy.canary');
  });

  it('leaves routes alone that are of no mesh', () => {
    const chart = adopt({ template, strategy: { canary: { trafficRouting: { nginx: { stableIngress: 'a' } } } } })();
    expect(manifests(chart).filter(({ kind }) => kind === 'VirtualService')).toEqual([]);
  });
});
