import { Duration } from 'cdk8s';
import {
  CronOverlap,
  DataPlane,
  EnvSource,
  type FinishingPods,
  HttpAccess,
  MeshedCronJob,
  MeshedDaemonSet,
  MeshedJob,
  MeshedService,
  MeshedStatefulSet,
  MeshedWorker,
  MeshPort,
  type PodBasics,
  type PodToleration,
  PodVolume,
  ProxyStart,
  type RunningPods,
  TaintEffect,
  TrafficDistribution,
  UpdateStrategy,
  Waypoint,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import { newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { engine } from '../engine';
import { judged } from '../judged';
import { rawNamespace } from '../raw-objects';
import type { MeshUnderTest } from '../mesh-under-test';
import { PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

const image = 'registry.example.com/one:1';
const RUNNERS = {
  worker: (namespace: ZeroTrustNamespace) => new MeshedWorker(namespace, 'runner', { image }),
  job: (namespace: ZeroTrustNamespace) => new MeshedJob(namespace, 'runner', { image, version: 'v1' }),
  'cron job': (namespace: ZeroTrustNamespace) => new MeshedCronJob(namespace, 'runner', { image, schedule: '@hourly' }),
};

/** A closed shop. */
function closedShop({ dataPlane }: { readonly dataPlane: DataPlane }) {
  const chart = newChart();
  return { chart, namespace: new ZeroTrustNamespace(chart, 'shop', { dataPlane }) };
}

/** When the sidecars of the pods come up, by Istio's injector in a cluster of older nodes. */
async function startsOf(mesh: MeshUnderTest): Promise<Readonly<Record<string, string | undefined>>> {
  return Object.fromEntries((await engine().planes(mesh.manifests)).map(({ workload, start }) => [workload, start]));
}

describe.each(Object.entries(RUNNERS))('a %s', (kind, make) => {
  const name = kind === 'cron job' ? 'shop/runner' : 'shop/runner-v1';

  forEachEnforcer((plane) => {
    it('reaches what it calls and nothing else, and nobody reaches its pods', async () => {
      const { chart, namespace } = closedShop(plane);
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      make(namespace).calls(cart);
      cart.calls(product);
      const mesh = await judged(chart);
      await expectOnly(mesh, [
        { from: 'shop/runner', to: 'shop/cart' },
        { from: 'shop/cart', to: 'shop/product' },
      ]);
      const into: Request[] = [{ workload: 'shop/cart-v1' }, STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT].map((from) => ({
        from,
        to: { podOf: name, port: 8080 },
      }));
      expect((await mesh.answers(into)).map(({ allowed }) => allowed)).toEqual(into.map(() => false));
      expect(into.map((request) => decide(mesh.cluster, request).allowed)).toEqual(into.map(() => false));
    });
  });

  forEachPlane((plane) => {
    it('is let in by method and path', async () => {
      const { chart, namespace } = closedShop(plane);
      const cart = service(namespace, 'cart');
      make(namespace).calls(cart, { http: [HttpAccess.post('/close')] });
      const mesh = await judged(chart);
      const ask = async (method: string, path: string) =>
        (await mesh.answer({ from: { workload: name }, to: { host: cart.host, port: 8080 }, method, path })).allowed;
      expect([await ask('POST', '/close'), await ask('GET', '/close'), await ask('POST', '/open')]).toEqual([true, false, false]);
    });
  });
});

describe('the sidecar of pods', () => {
  it('is a sidecar container of jobs, which end, whatever nodes there are', async () => {
    const { chart, namespace } = closedShop({ dataPlane: DataPlane.sidecar() });
    new MeshedJob(namespace, 'load', { image });
    new MeshedCronJob(namespace, 'close', { image, schedule: '0 * * * *' });
    new MeshedWorker(namespace, 'mail', { image });
    new MeshedWorker(namespace, 'early', { image, proxyStart: ProxyStart.NATIVE });
    new MeshedWorker(namespace, 'held', {
      image,
      proxyStart: ProxyStart.HOLD_APPLICATION,
      gracefulShutdown: { drain: Duration.seconds(30) },
    });
    expect(await startsOf(await judged(chart))).toEqual({
      'shop/load': 'native',
      'shop/close': 'native',
      'shop/mail-v1': 'last',
      'shop/early-v1': 'native',
      'shop/held-v1': 'first',
    });
  });

  it('is none in ambient mode, whatever they say of it', async () => {
    const { chart, namespace } = closedShop({ dataPlane: DataPlane.ambient() });
    new MeshedJob(namespace, 'load', { image });
    new MeshedWorker(namespace, 'held', { image, proxyStart: ProxyStart.HOLD_APPLICATION });
    expect(await startsOf(await judged(chart))).toEqual({ 'shop/load': undefined, 'shop/held-v1': undefined });
  });
});

const PLANES = {
  'sidecar mode': DataPlane.sidecar(),
  'ambient mode': DataPlane.ambient(),
  'ambient mode, a neighbour behind a waypoint': DataPlane.ambient(),
  'ambient mode, a waypoint for all': DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
};

describe.each(Object.entries(PLANES))('members of a stateful set (%s)', (title, dataPlane) => {
  it.each(['tcp', 'http'] as const)(
    'that speak %s reach each other by pod name, clients by the Service, and nobody else reaches them',
    async (speech) => {
      const { chart, namespace } = closedShop({ dataPlane });
      const ledger = new MeshedStatefulSet(namespace, 'ledger', { image, ports: [MeshPort[speech](7000)] });
      const web = service(namespace, 'web', title.includes('neighbour') ? { timeout: Duration.seconds(3) } : {});
      const worker = new MeshedWorker(namespace, 'feeder', { image });
      service(namespace, 'stranger').calls(web);
      ledger.calls(ledger);
      web.calls(ledger);
      worker.calls(ledger);
      const mesh = await judged(chart);
      const names = ['ledger', 'ledger-peers', 'ledger-1.ledger-peers'].map((name) => `${name}.shop.svc.cluster.local`);
      const targets: Array<Request['to']> = names.map((host) => ({ host, port: 7000 }));
      const ask = async (from: Request['from'], to: ReadonlyArray<Request['to']>): Promise<boolean[]> => {
        const requests = to.map((target) => ({ from, to: target }));
        const known = requests.filter(({ to: target }) => 'host' in target && !/-1\./.test(target.host));
        const answers = await mesh.answers(requests);
        return [...answers.map(({ allowed }) => allowed), ...known.map((request) => decide(mesh.cluster, request).allowed)];
      };
      for (const workload of ['shop/web-v1', 'shop/feeder-v1']) expect(new Set(await ask({ workload }, targets))).toEqual(new Set([true]));
      // Its first pod asks; to itself no pod needs the mesh.
      expect(new Set(await ask({ workload: 'shop/ledger' }, [targets[0], targets[2]]))).toEqual(new Set([true]));
      const others = [STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT, { pod: { namespace: 'shop' } }, { workload: 'shop/stranger-v1' }];
      for (const from of others)
        expect(new Set(await ask(from, [...targets, { podOf: 'shop/ledger', port: 7000 }]))).toEqual(new Set([false]));
    },
  );
});

describe('a daemon set', () => {
  forEachEnforcer((plane) => {
    it('is guarded, and let in where it calls', async () => {
      const { chart, namespace } = closedShop(plane);
      const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
      const trafficDistribution = TrafficDistribution.PREFER_SAME_NODE;
      const cache = new MeshedDaemonSet(namespace, 'cache', {
        image,
        ports: [MeshPort.http(80, { targetPort: 8080 })],
        trafficDistribution,
      });
      cart.calls(cache);
      cache.calls(product);
      await expectOnly(await judged(chart), [
        { from: 'shop/cart', to: 'shop/cache' },
        { from: 'shop/cache', to: 'shop/product' },
      ]);
    });
  });
});

const image2 = 'registry.example.com/two:1';
const BASICS: PodBasics = {
  command: ['/one'],
  args: ['--all'],
  env: { A: 'b' },
  envFrom: [
    EnvSource.secret('db', { prefix: 'DB_', mayBeMissing: true }),
    EnvSource.configMap('settings'),
    EnvSource.secretKey('PASSWORD', 'db', 'password'),
    EnvSource.configMapKey('MODE', 'settings', 'mode'),
  ],
  resources: { cpuMillis: 50 },
  volumes: [
    PodVolume.emptyDir('/tmp', { sizeMebibytes: 64, inMemory: true }),
    PodVolume.secret('/etc/cert', 'cert'),
    PodVolume.configMap('/etc/settings', 'settings'),
    PodVolume.claim('/archive', 'archive', { readOnly: true }),
  ],
  user: 1000,
  group: 1000,
  fileGroup: 1000,
  initContainers: [
    { name: 'first', image: image2, command: ['/migrate'], args: ['up'], env: { STEP: '1' }, envFrom: [EnvSource.secret('db')] },
  ],
  imagePullSecrets: ['registry'],
  accountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/one' },
  priorityClass: 'high',
  nodeSelector: { disk: 'ssd' },
  tolerations: [TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE].map((effect): PodToleration => ({
    key: 'gpu',
    value: 'yes',
    effect,
  })),
};
const RUNNING: RunningPods = {
  ...BASICS,
  readiness: WorkloadProbe.grpc({ port: 9000, service: 'one' }),
  liveness: WorkloadProbe.exec('/alive'),
  startup: WorkloadProbe.http('/started', { port: 9001 }),
  proxyStart: ProxyStart.NATIVE,
  gracefulShutdown: { drain: Duration.minutes(1) },
};
const FINISHING: FinishingPods = {
  ...BASICS,
  image,
  completions: 2,
  parallelism: 2,
  retries: 1,
  deadline: Duration.hours(1),
  deleteAfter: Duration.days(1),
};

describe('pods with all that may be said of them', () => {
  forEachPlane((plane) => {
    it('are taken by Istio as by Kubernetes, and guarded alike', async () => {
      const { chart, namespace } = closedShop(plane);
      const ports = [MeshPort.http(8080)];
      const rolling = UpdateStrategy.rolling({ maxSurge: 1, maxUnavailable: 0 });
      const cart = new MeshedService(namespace, 'cart', { ...RUNNING, image, ports, updateStrategy: rolling });
      const scaled = new MeshedService(namespace, 'scaled', { image, ports, scaledBy: 'KEDA' });
      const worker = new MeshedWorker(namespace, 'worker', {
        ...RUNNING,
        image,
        name: 'jack',
        version: 'v2',
        autoscaling: { maxReplicas: 3 },
        updateStrategy: UpdateStrategy.recreate(),
      });
      const feeder = new MeshedWorker(namespace, 'feeder', { image, scaledBy: 'KEDA' });
      const job = new MeshedJob(namespace, 'job', { ...FINISHING, name: 'once' });
      const cron = new MeshedCronJob(namespace, 'cron', {
        ...FINISHING,
        schedule: '@daily',
        timeZone: 'Europe/Berlin',
        overlap: CronOverlap.REPLACE,
        startWithin: Duration.minutes(1),
        suspend: true,
      });
      const ledger = new MeshedStatefulSet(namespace, 'ledger', {
        ...RUNNING,
        image,
        ports,
        replicas: 2,
        partition: 1,
        parallelStart: true,
        volumeClaims: [{ name: 'data', path: '/data', sizeGibibytes: 1, storageClass: 'fast' }],
      });
      const agent = new MeshedDaemonSet(namespace, 'agent', { ...RUNNING, image, ports, updateStrategy: UpdateStrategy.onDelete() });
      worker.calls(cart);
      feeder.calls(scaled);
      job.calls(ledger);
      cron.calls(ledger);
      agent.calls(cart);
      await expectOnly(await judged(chart), [
        { from: 'shop/jack', to: 'shop/cart' },
        { from: 'shop/feeder', to: 'shop/scaled' },
        { from: 'shop/once', to: 'shop/ledger' },
        { from: 'shop/cron', to: 'shop/ledger' },
        { from: 'shop/agent', to: 'shop/cart' },
      ]);
    });
  });

  forEachPlane((plane) => {
    it('call from a namespace that others enrol, as the chart names it', async () => {
      const chart = newChart('test', { namespace: 'shop' });
      const label = plane.of({ sidecar: ['istio-injection', 'enabled'], ambient: ['istio.io/dataplane-mode', 'ambient'] });
      const platform = newChart('platform');
      rawNamespace(platform, 'shop', Object.fromEntries([label]));
      const { dataPlane } = plane;
      const cart = service(chart, 'cart', { dataPlane });
      new MeshedWorker(chart, 'worker', { image, dataPlane, replicas: 2 }).calls(cart);
      new MeshedJob(chart, 'job', { image, dataPlane }).calls(cart);
      const allowed = ['shop/worker', 'shop/job'].map((from) => ({ from, to: 'shop/cart' }));
      await expectOnly(await judged(platform, chart), allowed, ['shop/cart']);
    });
  });

  it('leave out how many there are where somebody else says it, in a stateful set as well', async () => {
    const { chart, namespace } = closedShop({ dataPlane: DataPlane.sidecar() });
    const ledger = new MeshedStatefulSet(namespace, 'ledger', { image, ports: [MeshPort.tcp(7000)], scaledBy: 'an operator' });
    ledger.calls(ledger);
    await expectOnly(await judged(chart), [{ from: 'shop/ledger', to: 'shop/ledger' }]);
  });

  it.each([CronOverlap.ALLOW, CronOverlap.FORBID])('run by a schedule, and %s runs that overlap', async (overlap) => {
    const { chart, namespace } = closedShop({ dataPlane: DataPlane.ambient() });
    const cart = service(namespace, 'cart');
    new MeshedCronJob(namespace, 'cron', { image, schedule: '0 1 * * *', overlap }).calls(cart);
    await expectOnly(await judged(chart), [{ from: 'shop/cron', to: 'shop/cart' }]);
  });
});
