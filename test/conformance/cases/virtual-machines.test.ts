import { type Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  LoadBalancing,
  MeshPort,
  ServiceIdentity,
  VirtualMachines,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { type Manifest, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { differencesAbout } from '../agreement';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call, enter, from, PLAINTEXT, sharesOf, STRANGERS } from '../requests';

const SIDECAR = { dataPlane: DataPlane.sidecar() };
const SQL = { port: 3306 };
const JOBS = { port: 80, path: '/jobs/1' };

/** istioctl looks at pods alone for what a selector picks, and there are none in the namespace of machines. */
const NO_PODS = ['IST0101', 'IST0127'];

async function judged(chart: Chart): Promise<MeshUnderTest> {
  const mesh = meshOf(chart);
  const findings = await mesh.findings();
  const others = findings.filter(({ level, code, object }) => level !== 'info' && !(NO_PODS.includes(code) && object.includes(' legacy/')));
  expect(others).toEqual([]);
  return meshFrom(mesh.manifests.filter((manifest) => !isTemplateAlone(manifest)));
}

/** Machines that have entries do not register themselves; istiod of these tests has one registered for each group. */
function isTemplateAlone(manifest: object): boolean {
  const { kind, metadata } = manifest as Manifest;
  return kind === 'WorkloadGroup' && metadata.name === 'mysqldb';
}

/** The shop, and beside it a database on two machines and jobs on machines that register themselves, called and calling. */
function machinesBeside(plane: PlaneUnderTest) {
  const one = shop(plane);
  const legacy = new ZeroTrustNamespace(one.chart, 'legacy', SIDECAR);
  const mysql = new VirtualMachines(legacy, 'mysql', {
    name: 'mysqldb',
    version: 'v8',
    ports: [MeshPort.mysql(3306, { targetPort: 13306 })],
    machines: [
      { address: '10.20.0.5', locality: 'region1/zone1', weight: 3, labels: { disk: 'ssd' } },
      { address: '10.20.0.6', network: 'vm-network' },
    ],
    circuitBreaker: { maxConnections: 10 },
    loadBalancing: LoadBalancing.leastRequest(),
  });
  const jobs = new VirtualMachines(legacy, 'jobs', {
    ports: [MeshPort.http(80, { targetPort: 8080 })],
    cidrs: ['10.21.0.0/24'],
    network: 'vm-network',
    readiness: WorkloadProbe.http('/ready'),
    timeout: Duration.seconds(7),
    retries: { attempts: 1 },
  });
  one.cart.calls(mysql);
  one.cart.calls(jobs, { http: [HttpAccess.get('/jobs/*')] });
  jobs.calls(one.product);
  jobs.calls(mysql);
  return { ...one, legacy, mysql, jobs };
}

describe('VirtualMachines', () => {
  forEachPlane((plane) => {
    const transport = plane.of({ sidecar: 'mTLS', ambient: 'HBONE' });

    it('are the endpoints of their Service, by weight, and take their callers under mutual TLS', async () => {
      const { chart, cart, mysql } = machinesBeside(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, mysql, SQL));
      expect(answer).toMatchObject({ allowed: true, by: 'AuthorizationPolicy legacy/mysqldb' });
      expect(Object.keys(sharesOf(answer)).sort()).toEqual(['legacy/mysqldb-10.20.0.5', 'legacy/mysqldb-10.20.0.6-vm-network']);
      const at = 'sidecar legacy/mysqldb-10.20.0.5';
      expect(answer.ways.find(({ hops }) => hops.at(-1)?.at === at)?.hops).toMatchObject([{ transport, principal: cart.principal }]);
    });

    it('refuse who does not call them, and who shows no identity', async () => {
      const { chart, product, mysql } = machinesBeside(plane);
      const mesh = await judged(chart);
      const stranger = from(STRANGERS[plane.name], mysql, SQL);
      const answers = await mesh.answers([call(product, mysql, SQL), from(PLAINTEXT, mysql, SQL), stranger]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, false]);
      expect(answers[2]).toMatchObject({ layer: 'authorization' });
    });

    it('refuse requests that are not meant', async () => {
      const { chart, cart, jobs } = machinesBeside(plane);
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(cart, jobs, JOBS), call(cart, jobs, { ...JOBS, path: '/admin' })]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(answers[1]).toMatchObject({ layer: 'authorization' });
    });

    it('call services, and each other, under their identity', async () => {
      const { chart, product, payment, mysql, jobs } = machinesBeside(plane);
      const mesh = await judged(chart);
      const workload = 'legacy/jobs';
      const [allowed, refused, other] = await mesh.answers([
        from({ workload }, product),
        from({ identity: { namespace: 'legacy', serviceAccount: 'jobs', proxy: 'sidecar' } }, payment),
        from({ workload }, mysql, SQL),
      ]);
      expect(allowed).toMatchObject({ allowed: true, ways: [{ hops: [{ transport, principal: jobs.principal }] }] });
      expect(refused).toMatchObject({ allowed: false, layer: 'authorization' });
      expect(other.allowed).toBe(true);
    });

    it('are what istiod makes of the same manifests, whoever calls whom', async () => {
      const { chart } = machinesBeside(plane);
      expect((await differencesAbout(await judged(chart))).map(([{ from: caller, to }, said]) => ({ caller, to, said }))).toEqual([]);
    });
  });

  it('have the timeouts and retries of their callers’ sidecars', async () => {
    const { chart, cart, jobs } = machinesBeside({ name: 'sidecar', ...SIDECAR, of: (table) => table.sidecar });
    const answer = await (await judged(chart)).answer(call(cart, jobs, JOBS));
    expect(answer.legs).toMatchObject([{ at: 'sidecar shop/cart-v1', timeout: '7s', retries: { attempts: 1 } }]);
  });

  it('come in through a gateway, and refuse by name', async () => {
    const { chart, cart, jobs } = machinesBeside({ name: 'sidecar', ...SIDECAR, of: (table) => table.sidecar });
    const edge = new ZeroTrustNamespace(chart, 'edge', SIDECAR);
    new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' }).expose(jobs, { host: 'jobs.example.com' });
    jobs.access.deny(cart);
    jobs.access.allow(ServiceIdentity.of('elsewhere', 'stranger'));
    const mesh = await judged(chart);
    const answers = await mesh.answers([
      enter('https://jobs.example.com/'),
      call(cart, jobs, JOBS),
      from(STRANGERS.sidecar, jobs, { port: 80 }),
    ]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true]);
  });
});
