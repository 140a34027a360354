import { Duration } from 'cdk8s';
import {
  DataPlane,
  EnvSource,
  MeshedJob,
  MeshedService,
  MeshedWorker,
  MeshPort,
  PodVolume,
  ProxyStart,
  TaintEffect,
  WorkloadProbe,
} from 'istio-constructs';
import { canary, manifest, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const PLANE = { dataPlane: DataPlane.sidecar() };
const image = 'registry.example.com/one:1';
const BASICS = {
  envFrom: [EnvSource.secretKey('PASSWORD', 'db', 'password'), EnvSource.configMap('settings')],
  volumes: [PodVolume.emptyDir('/tmp'), PodVolume.secret('/etc/cert', 'cert')],
  user: 1000,
  group: 2000,
  fileGroup: 3000,
  initContainers: [{ name: 'migrate', image: 'registry.example.com/migrate:1', args: ['up'] }],
  imagePullSecrets: ['registry'],
  accountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/one' },
  priorityClass: 'high',
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'gpu', effect: TaintEffect.NO_SCHEDULE }],
};

describe('what is said of pods', () => {
  forEachPlane((plane) => {
    it.each(['service', 'worker', 'job'])('stands in those of a %s', (kind) => {
      const one = shop(plane);
      if (kind === 'service') new MeshedService(one.shop, 'one', { image, ports: [MeshPort.http(8080)], ...BASICS });
      if (kind === 'worker') new MeshedWorker(one.shop, 'one', { image, ...BASICS });
      if (kind === 'job') new MeshedJob(one.shop, 'one', { image, ...BASICS });
      const object = kind === 'job' ? manifest(one.chart, 'Job', 'one') : manifest(one.chart, 'Deployment', 'one-v1');
      expect(object).toMatchObject({
        spec: {
          template: {
            spec: {
              securityContext: { runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000, seccompProfile: { type: 'RuntimeDefault' } },
              priorityClassName: 'high',
              nodeSelector: { disk: 'ssd' },
              tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
              imagePullSecrets: [{ name: 'registry' }],
              volumes: [
                { name: 'tmp', emptyDir: {} },
                { name: 'etc-cert', secret: { secretName: 'cert' } },
              ],
              initContainers: [{ name: 'migrate', args: ['up'], volumeMounts: [{ name: 'tmp' }, { name: 'etc-cert' }] }],
              containers: [
                {
                  env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
                  envFrom: [{ configMapRef: { name: 'settings' } }],
                  volumeMounts: [
                    { name: 'tmp', mountPath: '/tmp' },
                    { name: 'etc-cert', mountPath: '/etc/cert', readOnly: true },
                  ],
                },
              ],
            },
          },
        },
      });
      expect(manifest(one.chart, 'ServiceAccount', 'one').metadata.annotations).toEqual(BASICS.accountAnnotations);
    });

    it('tells a sidecar alone when to come and when to go', () => {
      const one = shop(plane);
      const drain = Duration.minutes(1);
      new MeshedWorker(one.shop, 'held', { image, proxyStart: ProxyStart.HOLD_APPLICATION, gracefulShutdown: { drain } });
      const { metadata, spec: pod } = manifest(one.chart, 'Deployment', 'held-v1').spec!.template as any;
      expect(pod.terminationGracePeriodSeconds).toBe(70);
      expect(pod.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
      const config = metadata.annotations?.['proxy.istio.io/config'] ?? '';
      expect(
        ['holdApplicationUntilProxyStarts: true', 'EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true"'].map((word) => config.includes(word)),
      ).toEqual(plane.of({ sidecar: [true, true], ambient: [false, false] }));
    });
  });

  it('holds for the versions of a release as well', () => {
    const one = shop(PLANE, {
      volumes: [PodVolume.emptyDir('/tmp')],
      startup: WorkloadProbe.http('/started'),
      user: 1000,
      gracefulShutdown: { drain: Duration.seconds(20) },
    });
    canary(one.cart);
    const podOf = (name: string): any => (manifest(one.chart, 'Deployment', name).spec!.template as any).spec;
    const [stable, fresh] = ['cart-v1', 'cart-v2'].map(podOf);
    expect(fresh.volumes).toEqual(stable.volumes);
    expect(fresh.securityContext).toEqual(stable.securityContext);
    expect(fresh.containers[0].startupProbe).toEqual(stable.containers[0].startupProbe);
    expect(fresh.containers[0].startupProbe).toMatchObject({ failureThreshold: 30, httpGet: { path: '/started' } });
    expect(fresh.terminationGracePeriodSeconds).toBe(30);
  });

  it.each([
    [{ user: 1337 }, 'MESH773', 'user: 1337', 'give it a user of its own'],
    [{ group: 1337 }, 'MESH773', 'group: 1337', 'give it a group of its own'],
  ])('fails where it cannot be: %j', (options, code, got, fix) => {
    const { shop: scope } = shop(PLANE);
    const act = () => new MeshedWorker(scope, 'one', { image, ...options });
    expectRefusal(act, { code, path: 'test/shop/one', got, fix });
  });

  it('fails with two volumes at a path, two containers of a name, and no time to drain', () => {
    const { shop: scope } = shop(PLANE);
    const volumes = [PodVolume.emptyDir('/tmp'), PodVolume.secret('/tmp', 'a')];
    const at = { path: 'test/shop/one' };
    expectRefusal(() => new MeshedWorker(scope, 'one', { image, volumes }), {
      ...at,
      code: 'MESH776',
      got: 'two volumes at /tmp',
      fix: 'another path',
    });
    const initContainers = [{ name: 'two', image }];
    expectRefusal(() => new MeshedWorker(scope, 'two', { image, initContainers }), {
      code: 'MESH777',
      path: 'test/shop/two',
      got: 'two containers named two',
      fix: 'that of the application is two',
    });
    expectRefusal(() => new MeshedWorker(scope, 'three', { image, gracefulShutdown: { drain: Duration.millis(500) } }), {
      code: 'MESH015',
      path: 'test/shop/three',
      got: '0.5',
      fix: 'give a whole number',
    });
  });

  it('gives each volume a name of its own, short enough', () => {
    const { chart, shop: scope } = shop(PLANE);
    const long = `/${'a'.repeat(70)}`;
    const paths = ['/a/b', '/a-b', '/a-b-1', `${long}/1`, `${long}/2`, '/istio/token'];
    new MeshedWorker(scope, 'one', { image, volumes: paths.map((path) => PodVolume.emptyDir(path)) });
    const pod = (manifest(chart, 'Deployment', 'one-v1').spec!.template as any).spec;
    const names = ['a-b', 'a-b-2', 'a-b-1', 'a'.repeat(63), `${'a'.repeat(61)}-4`, 'istio-token-5'];
    expect(pod.volumes).toEqual(names.map((name) => ({ name, emptyDir: {} })));
    expect(pod.containers[0].volumeMounts).toEqual(names.map((name, index) => ({ name, mountPath: paths[index] })));
  });

  it.each([
    [{ nodeSelector: { 'disk type': 'ssd' } }, 'MESH820', "key of nodeSelector 'disk type'", 'example.com/disk'],
    [{ nodeSelector: { disk: 's/d' } }, 'MESH820', "value of nodeSelector disk 's/d'", 'write for example ssd'],
    [{ tolerations: [{ key: 'g p u' }] }, 'MESH820', "key of a toleration 'g p u'", 'example.com/disk'],
    [{ tolerations: [{ key: '', value: 'a' }] }, 'MESH820', "key of a toleration ''", 'example.com/disk'],
    [{ tolerations: [{ key: 'gpu', value: 'a b' }] }, 'MESH820', "value of the toleration gpu 'a b'", 'write for example ssd'],
    [{ accountAnnotations: { 'role arn': 'a' } }, 'MESH820', "key of accountAnnotations 'role arn'", 'example.com/role'],
    [{ env: { '1=': 'a' } }, 'MESH821', '1=', 'DB_PASSWORD'],
    [{ env: { A: 'a' }, envFrom: [EnvSource.secretKey('A', 'b', 'c')] }, 'MESH823', 'two of A in one', 'drop one of them'],
    [
      { envFrom: [EnvSource.secretKey('A', 'b', 'c'), EnvSource.configMapKey('A', 'd', 'e')] },
      'MESH823',
      'two of A in one',
      'drop one of them',
    ],
    [
      { initContainers: [{ name: 'two', image, env: { A: 'a' }, envFrom: [EnvSource.secretKey('A', 'b', 'c')] }] },
      'MESH823',
      'two of A in two',
      'drop one of them',
    ],
    [{ initContainers: [{ name: 'istio-init', image }] }, 'MESH777', 'istio-init, as a container of the sidecar is called', 'another name'],
    [{ name: 'istio-proxy' }, 'MESH777', 'istio-proxy, as a container of the sidecar is called', 'another name'],
  ])('fails with what Kubernetes or Istio does not take: %j', (options, code, got, fix) => {
    const { shop: scope } = shop(PLANE);
    expectRefusal(() => new MeshedWorker(scope, 'one', { image, ...options }), { code, path: 'test/shop/one', got, fix });
  });

  it('takes every taint, and variables that are said again beside a whole object', () => {
    const { chart, shop: scope } = shop(PLANE);
    const envFrom = [EnvSource.configMap('settings'), EnvSource.secret('db'), EnvSource.secretKey('PASSWORD', 'db', 'password')];
    new MeshedWorker(scope, 'one', { image, env: { MODE: 'a' }, envFrom, tolerations: [{ key: '' }] });
    const pod = (manifest(chart, 'Deployment', 'one-v1').spec!.template as any).spec;
    expect(pod.tolerations).toEqual([{ key: '', operator: 'Exists' }]);
    expect(pod.containers[0].env.map(({ name }: { name: string }) => name)).toEqual(['MODE', 'PASSWORD']);
  });
});
