import { Duration } from 'cdk8s';
import {
  CanaryRelease,
  DataPlane,
  FlaggerMetric,
  HttpAccess,
  IngressGateway,
  MeshedDaemonSet,
  MeshedService,
  MeshedStatefulSet,
  MeshPort,
  MeshReport,
  PodVolume,
  ReleaseController,
  RolloutStep,
  TrafficDistribution,
  UpdateStrategy,
} from 'istio-constructs';
import { findingCodes, manifest, names, pods, principal, rule, service, shop, spec, tcp } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const PLANE = { dataPlane: DataPlane.sidecar() };
const image = 'registry.example.com/ledger:1';
const ports = [MeshPort.tcp(7000)];

describe('a stateful set', () => {
  forEachPlane((plane) => {
    it('has a Service for clients and one for its members, over the same pods', () => {
      const one = shop(plane);
      const ledger = new MeshedStatefulSet(one.shop, 'ledger', { image, ports });
      expect(spec(one.chart, 'Service', 'ledger')).toMatchObject({ selector: { app: 'ledger' } });
      const peers = spec(one.chart, 'Service', 'ledger-peers');
      expect(peers).toMatchObject({
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        ports: [{ name: 'tcp', appProtocol: 'tcp', port: 7000 }],
      });
      expect(peers.selector).toEqual({ app: 'ledger' });
      expect(spec(one.chart, 'StatefulSet', 'ledger')).toMatchObject({
        serviceName: 'ledger-peers',
        replicas: 3,
        podManagementPolicy: 'OrderedReady',
        selector: { matchLabels: { app: 'ledger' } },
      });
      expect([ledger.peersName, ledger.peers.name, ledger.statefulSet.name]).toEqual(['ledger-peers', 'ledger-peers', 'ledger']);
      expect(names(one.chart, 'PodDisruptionBudget')).toContain('shop/ledger');
      expect(ledger.tryDeployment).toBeUndefined();
      expect(findingCodes(one.chart)).toEqual([]);
    });

    it('is called under both names, and calls itself', () => {
      const one = shop(plane);
      const ledger = new MeshedStatefulSet(one.shop, 'ledger', { image, ports });
      ledger.calls(ledger);
      one.cart.calls(ledger);
      const hosts = ['ledger', 'ledger-peers'].map((name) => `shop/${name}.shop.svc.cluster.local`);
      if (plane.name === 'sidecar')
        expect(spec(one.chart, 'Sidecar', 'cart')).toMatchObject({ egress: [{ hosts: expect.arrayContaining(hosts) }] });
      expect(spec(one.chart, 'AuthorizationPolicy', 'ledger')).toMatchObject({
        selector: { matchLabels: { app: 'ledger' } },
        rules: [rule(principal('shop', 'cart'), { ports: ['7000'] }), rule(principal('shop', 'ledger'), { ports: ['7000'] })],
      });
      const port = tcp(plane.of({ sidecar: 7000, ambient: 15008 }));
      expect(spec(one.chart, 'NetworkPolicy', 'ledger')).toMatchObject({
        egress: [{ to: [pods('shop', { app: 'ledger' })], ports: port }],
      });
      expect(MeshReport.of(one.chart).findings).toEqual([]);
    });

    it('has volumes of its pods’ own, and brings in what is new from a pod on', () => {
      const one = shop(plane);
      const claims = [{ name: 'data', path: '/data', sizeGibibytes: 20, storageClass: 'fast' }];
      new MeshedStatefulSet(one.shop, 'ledger', { image, ports, volumeClaims: claims, parallelStart: true, partition: 2, replicas: 5 });
      const set = manifest(one.chart, 'StatefulSet', 'ledger');
      expect(set.spec).toMatchObject({
        replicas: 5,
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } },
          },
        ],
      });
      expect(set).toHaveProperty('spec.template.spec.containers.0.volumeMounts', [{ name: 'data', mountPath: '/data' }]);
      expect(set).not.toHaveProperty('spec.template.spec.volumes');
    });

    it('takes routes and requests through a gateway as any service does', () => {
      const one = shop(plane);
      const docs = new MeshedStatefulSet(one.shop, 'docs', { image, ports: [MeshPort.http(8080)], timeout: Duration.seconds(3) });
      one.cart.calls(docs, { http: [HttpAccess.get('/docs/*')] });
      new IngressGateway(one.shop, 'gateway', { tlsSecret: 'cert' }).expose(docs, { host: 'docs.example.com' });
      const kind = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
      expect(names(one.chart, kind)).toContain('shop/docs');
      expect(findingCodes(one.chart)).toEqual([]);
    });
  });

  it('leaves the number of its pods to somebody else', () => {
    const one = shop(PLANE);
    new MeshedStatefulSet(one.shop, 'ledger', { image, ports, scaledBy: 'an operator' });
    expect(manifest(one.chart, 'StatefulSet', 'ledger')).not.toHaveProperty('spec.replicas');
  });

  it('fails under a name that a label of its pods has no room for', () => {
    const one = shop(PLANE);
    expect(new MeshedStatefulSet(one.shop, 'a'.repeat(52), { image, ports }).peersName).toHaveLength(58);
    const name = 'b'.repeat(53);
    const act = () => new MeshedStatefulSet(one.shop, name, { image, ports });
    expectRefusal(act, { code: 'MESH001', path: `test/shop/${name}`, got: `${name} (53 characters)`, fix: 'choose a shorter name' });
    expect(findingCodes(one.chart)).toEqual([]);
  });

  it.each([
    [['data', '/data'], ['logs', '/data'], 'two volumes at /data', 'another path'],
    [['data', '/tmp'], ['logs', '/logs'], 'two volumes at /tmp', 'another path'],
    [['data', '/data'], ['data', '/logs'], 'two claims named data', 'another name'],
    [['data', '/data'], ['istio-token', '/token'], 'a claim named istio-token, as a volume of the sidecar is', 'another name'],
  ])('fails with claims that clash: %j and %j', (first, second, got, fix) => {
    const { shop: scope } = shop(PLANE);
    const volumeClaims = [first, second].map(([name, path]) => ({ name, path, sizeGibibytes: 1 }));
    const act = () => new MeshedStatefulSet(scope, 'ledger', { image, ports, volumes: [PodVolume.emptyDir('/tmp')], volumeClaims });
    expectRefusal(act, { code: 'MESH776', path: 'test/shop/ledger', got, fix });
  });

  it('calls a volume otherwise than a claim', () => {
    const { chart, shop: scope } = shop(PLANE);
    const volumes = [PodVolume.emptyDir('/tmp')];
    new MeshedStatefulSet(scope, 'ledger', { image, ports, volumes, volumeClaims: [{ name: 'tmp', path: '/data', sizeGibibytes: 1 }] });
    expect(manifest(chart, 'StatefulSet', 'ledger')).toMatchObject({
      spec: {
        volumeClaimTemplates: [{ metadata: { name: 'tmp' } }],
        template: {
          spec: {
            volumes: [{ name: 'tmp-1', emptyDir: {} }],
            containers: [
              {
                volumeMounts: [
                  { name: 'tmp-1', mountPath: '/tmp' },
                  { name: 'tmp', mountPath: '/data' },
                ],
              },
            ],
          },
        },
      },
    });
  });

  it('fails to be released by an image, and to have a Deployment', () => {
    const one = shop(PLANE);
    const ledger = new MeshedStatefulSet(one.shop, 'ledger', { image, ports });
    const act = () => new CanaryRelease(one.shop, 'v2', { service: ledger, canary: { version: 'v2', image }, weight: 5 });
    expectRefusal(act, { code: 'MESH059', path: 'test/shop/v2', got: `image ${image}`, fix: 'set workload instead of image' });
    expectRefusal(() => ledger.deployment, {
      code: 'MESH080',
      path: 'test/shop/ledger',
      got: 'pods of a workload made elsewhere, or of another kind',
      fix: 'or statefulSet',
    });
  });

  it.each([
    [{ updateStrategy: UpdateStrategy.recreate() }, 'recreate'],
    [{ updateStrategy: UpdateStrategy.rolling({ maxUnavailable: 2 }) }, 'maxSurge or maxUnavailable'],
    [{ updateStrategy: UpdateStrategy.onDelete(), partition: 1 }, 'onDelete beside a partition'],
  ])('fails to be updated as no StatefulSet is: %j', (options, got) => {
    const { shop: scope } = shop(PLANE);
    const act = () => new MeshedStatefulSet(scope, 'ledger', { image, ports, ...options });
    expectRefusal(act, { code: 'MESH778', path: 'test/shop/ledger', got, fix: 'down to partition' });
  });
});

describe('a daemon set', () => {
  forEachPlane((plane) => {
    it('is a service with a pod on each node, and no budget', () => {
      const one = shop(plane);
      const agent = new MeshedDaemonSet(one.shop, 'agent', { image, ports, trafficDistribution: TrafficDistribution.PREFER_SAME_NODE });
      one.cart.calls(agent);
      agent.calls(one.product);
      expect(manifest(one.chart, 'DaemonSet', 'agent')).toMatchObject({
        spec: { selector: { matchLabels: { app: 'agent' } }, template: { spec: { serviceAccountName: 'agent' } } },
      });
      expect(spec(one.chart, 'Service', 'agent')).toMatchObject({ trafficDistribution: 'PreferSameNode' });
      expect(names(one.chart, 'PodDisruptionBudget')).not.toContain('shop/agent');
      expect(agent.daemonSet.name).toBe('agent');
      expect(findingCodes(one.chart)).toEqual([]);
    });
  });

  it('is exchanged by more pods or by fewer, and never by both', () => {
    const one = shop(PLANE);
    new MeshedDaemonSet(one.shop, 'agent', { image, ports, updateStrategy: UpdateStrategy.rolling({ maxSurge: 1 }) });
    expect(spec(one.chart, 'DaemonSet', 'agent')).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    const act = () =>
      new MeshedDaemonSet(one.shop, 'more', { image, ports, updateStrategy: UpdateStrategy.rolling({ maxSurge: 1, maxUnavailable: 1 }) });
    expectRefusal(act, {
      code: 'MESH778',
      path: 'test/shop/more',
      got: 'both maxSurge and maxUnavailable',
      fix: 'with one of its numbers',
    });
  });
});

describe('a service', () => {
  it('leaves the number of its pods to KEDA, and to Argo Rollouts with it; Flagger wants to know who scales', () => {
    const one = shop(PLANE);
    const argo = ReleaseController.argoRollouts({ steps: [RolloutStep.ofWeight(10)] });
    service(one.shop, 'rolled', { scaledBy: 'KEDA', releaseController: argo });
    expect(manifest(one.chart, 'Rollout', 'rolled')).not.toHaveProperty('spec.replicas');
    const flagger = ReleaseController.flagger({ interval: Duration.minutes(1), metrics: [FlaggerMetric.successRate(99)] });
    const act = () =>
      new MeshedService(one.shop, 'flagged', { image, ports: [MeshPort.http(8080)], scaledBy: 'KEDA', releaseController: flagger });
    const got = 'a releaseController of Flagger beside scaledBy';
    expectRefusal(act, { code: 'MESH774', path: 'test/shop/flagged', got, fix: 'drop a releaseController of Flagger' });
  });

  it('is exchanged at once, or a few pods at a time', () => {
    const one = shop(PLANE);
    service(one.shop, 'once', { updateStrategy: UpdateStrategy.recreate() });
    service(one.shop, 'few', { updateStrategy: UpdateStrategy.rolling({ maxSurge: 1, maxUnavailable: 0 }) });
    expect(spec(one.chart, 'Deployment', 'once-v1').strategy).toEqual({ type: 'Recreate' });
    expect(spec(one.chart, 'Deployment', 'few-v1').strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });
});
