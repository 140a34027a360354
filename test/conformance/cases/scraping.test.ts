import {
  DataPlane,
  MergedMetrics,
  MeshedService,
  MeshPort,
  MetricsScraping,
  ProxyMonitors,
  ServiceIdentity,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import type { Caller } from '../../../lib/verdict/requests/request';
import { canary, newChart, service } from '../../builders';
import { meshOf, type MeshUnderTest } from '../mesh-under-test';
import { dial, from, PLAINTEXT, STRANGERS } from '../requests';

type ProxyOfCaller = 'sidecar' | 'ztunnel' | undefined;

const pod = (serviceAccount: string, proxy: ProxyOfCaller): Caller => ({ pod: { namespace: 'monitoring', serviceAccount, proxy } });

const CALLEES = [
  ['sidecars', DataPlane.sidecar()],
  ['ztunnel alone', DataPlane.ambient({ waypoint: Waypoint.NEVER })],
  ['a waypoint', DataPlane.ambient({ waypoint: Waypoint.ALWAYS })],
] as const;

const METRICS = { port: 9100, path: '/metrics' };

interface Scraped {
  readonly cart: MeshedService;
  readonly mesh: MeshUnderTest;
}

async function scraped(dataPlane: DataPlane, declare: (cart: MeshedService) => void, plaintext?: string): Promise<Scraped> {
  const chart = newChart();
  const ports = [MeshPort.http(8080), MeshPort.http(9100, { suffix: 'metrics', plaintext })];
  const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cart', { ports });
  service(cart.node.scope as ZeroTrustNamespace, 'web').calls(cart, { port: 8080 });
  declare(cart);
  // The Prometheus Operator's own objects have no schema among Istio's.
  const mesh = meshOf(chart);
  expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
  return { cart, mesh };
}

/** What istiod and the network layer say of a connection to the pods of the cart, which the evaluator says too. */
async function arrives({ cart, mesh }: Scraped, caller: Caller, port = 9100): Promise<boolean> {
  const request = dial(caller, cart, { ...METRICS, port });
  const { allowed, layer } = decide(mesh.cluster, request);
  const byIstiod = (await mesh.answer(request)).allowed;
  if (layer !== 'network') expect({ port, caller, allowed }).toEqual({ port, caller, allowed: byIstiod });
  return byIstiod && allowed;
}

/** Everybody who shall not read: other accounts, other namespaces, and those who have no proxy. */
const OTHERS: readonly Caller[] = [
  pod('grafana', 'ztunnel'),
  pod('grafana', 'sidecar'),
  pod('grafana', undefined),
  STRANGERS.ambient,
  STRANGERS.sidecar,
  PLAINTEXT,
];

async function others(of: Scraped): Promise<boolean[]> {
  return Promise.all([...OTHERS, pod('prometheus', undefined)].map((caller) => arrives(of, caller)));
}

const NOBODY = [...OTHERS, undefined].map(() => false);
const ambient = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() });

describe.each(CALLEES)('metrics of pods behind %s', (_, dataPlane) => {
  it('are read by a Prometheus in ambient mode, on their port alone, and by nobody else', async () => {
    const one = await scraped(dataPlane, (cart) => new MetricsScraping(cart, 'metrics', { service: cart, port: 9100, scraper: ambient }));
    expect(await arrives(one, pod('prometheus', 'ztunnel'))).toBe(true);
    expect(await arrives(one, pod('prometheus', 'ztunnel'), 8080)).toBe(false);
    expect(await others(one)).toEqual(NOBODY);
  });

  it('are read without a proxy where their port takes plaintext, which opens that port alone', async () => {
    const one = await scraped(
      dataPlane,
      (cart) => new MetricsScraping(cart, 'metrics', { service: cart, port: 9100 }),
      'Prometheus is outside',
    );
    expect(await arrives(one, pod('prometheus', undefined))).toBe(true);
    expect(await arrives(one, pod('prometheus', undefined), 8080)).toBe(false);
  });
});

it.each([CALLEES[0], CALLEES[2]])('metrics of all versions are read behind %s', async (_, dataPlane) => {
  const { mesh } = await scraped(dataPlane, (cart) => {
    new MetricsScraping(cart, 'metrics', { service: cart, port: 9100, scraper: ambient });
    canary(cart);
  });
  const read = (account: string) =>
    mesh.answer({ from: pod(account, 'ztunnel'), to: { podOf: 'shop/cart-v2', port: 9100 }, path: '/metrics' });
  expect((await read('prometheus')).allowed).toBe(true);
  expect((await read('grafana')).allowed).toBe(false);
});

describe('a Prometheus that shows the certificate of its sidecar itself', () => {
  // What its sidecar would open to the Service, its certificate opens at the pods.
  async function shows({ cart, mesh }: Scraped, account: string, port = 9100): Promise<boolean> {
    const request = from(pod(account, 'sidecar'), cart, { ...METRICS, port });
    expect(decide(mesh.cluster, request).allowed).toBe((await mesh.answer(request)).allowed);
    return decide(mesh.cluster, request).allowed;
  }
  const scraper = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.sidecar() });

  it('reads metrics of pods with sidecars, on their port alone, and no other account does', async () => {
    const one = await scraped(DataPlane.sidecar(), (cart) => new MetricsScraping(cart, 'metrics', { service: cart, port: 9100, scraper }));
    expect(await shows(one, 'prometheus')).toBe(true);
    expect(await shows(one, 'prometheus', 8080)).toBe(false);
    expect(await shows(one, 'grafana')).toBe(false);
    expect(await others(one)).toEqual(NOBODY);
  });
});

describe('metrics that sidecars merge', () => {
  it('are read on port 15020 by the namespace of the Prometheus, without a proxy; the port of the application stays closed', async () => {
    const one = await scraped(DataPlane.sidecar(), (cart) => {
      new MergedMetrics(cart, 'metrics', { service: cart, port: 9100 });
      new ProxyMonitors(cart, 'monitors');
    });
    const merged = (caller: Caller) => decide(one.mesh.cluster, dial(caller, one.cart, { port: 15020 }));
    expect(merged(pod('prometheus', undefined)).allowed).toBe(true);
    expect(merged(PLAINTEXT)).toMatchObject({ allowed: false, layer: 'network' });
    expect(await arrives(one, pod('prometheus', undefined))).toBe(false);
  });
});
