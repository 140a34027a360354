import { Duration } from 'cdk8s';
import {
  DataPlane,
  EnvSource,
  HttpAccess,
  MeshedCronJob,
  MeshedDaemonSet,
  MeshedJob,
  MeshedService,
  MeshedStatefulSet,
  MeshedWorker,
  MeshPort,
  PodVolume,
  ProxyStart,
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

describe('pods with all that may be said of them', () => {
  forEachPlane((plane) => {
    it('are taken by Istio as by Kubernetes, and guarded alike', async () => {
      const { chart, namespace } = closedShop(plane);
      const common = {
        image,
        env: { A: 'b' },
        envFrom: [EnvSource.secret('db', { prefix: 'DB_' }), EnvSource.configMapKey('MODE', 'settings', 'mode')],
        volumes: [PodVolume.emptyDir('/tmp', { sizeMebibytes: 64 }), PodVolume.secret('/etc/cert', 'cert')],
        user: 1000,
        group: 1000,
        fileGroup: 1000,
        initContainers: [{ name: 'migrate', image, command: ['/migrate'] }],
        imagePullSecrets: ['registry'],
        accountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/one' },
        priorityClass: 'high',
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'gpu' }],
      };
      const running = {
        ...common,
        readiness: WorkloadProbe.grpc({ port: 9000 }),
        liveness: WorkloadProbe.exec('/alive'),
        startup: WorkloadProbe.http('/started', { port: 9001 }),
        proxyStart: ProxyStart.NATIVE,
        gracefulShutdown: { drain: Duration.minutes(1) },
      };
      const ports = [MeshPort.http(8080)];
      const cart = new MeshedService(namespace, 'cart', { ...running, ports, updateStrategy: UpdateStrategy.rolling({ maxSurge: 1 }) });
      const worker = new MeshedWorker(namespace, 'worker', { ...running, updateStrategy: UpdateStrategy.recreate() });
      const job = new MeshedJob(namespace, 'job', {
        ...common,
        completions: 2,
        parallelism: 2,
        retries: 1,
        deadline: Duration.hours(1),
        deleteAfter: Duration.days(1),
      });
      const ledger = new MeshedStatefulSet(namespace, 'ledger', {
        ...running,
        ports,
        partition: 1,
        parallelStart: true,
        volumeClaims: [{ name: 'data', path: '/data', sizeGibibytes: 1 }],
      });
      const agent = new MeshedDaemonSet(namespace, 'agent', { ...running, ports, updateStrategy: UpdateStrategy.onDelete() });
      worker.calls(cart);
      job.calls(ledger);
      agent.calls(cart);
      await expectOnly(await judged(chart), [
        { from: 'shop/worker', to: 'shop/cart' },
        { from: 'shop/job', to: 'shop/ledger' },
        { from: 'shop/agent', to: 'shop/cart' },
      ]);
    });
  });
});
