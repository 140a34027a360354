import { DataPlane, HttpAccess, MeshedService, MeshPort, ServiceIdentity, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { newChart, service } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { rawCronJob, rawService, rawWorkload } from '../raw-objects';
import { dial, from, STRANGERS } from '../requests';

/** What istiod and the network layer say of a request together. */
async function arrives(mesh: MeshUnderTest, request: Request): Promise<boolean> {
  const answer = await mesh.answer(request);
  return answer.allowed && decide(mesh.cluster, request).allowed;
}

describe('pods that no construct made, under an account that may call', () => {
  forEachEnforcer(({ dataPlane }) => {
    it('reach whom they may call, and nobody else; other pods reach nobody', async () => {
      const chart = newChart();
      const billing = new ZeroTrustNamespace(chart, 'billing', { dataPlane });
      rawCronJob(chart, 'close-day', 'billing', { app: 'close-day' });
      rawCronJob(chart, 'open-day', 'billing', { app: 'open-day' });
      const [invoices, ledger] = [service(billing, 'invoices'), service(billing, 'ledger')];
      invoices.access.allow(ServiceIdentity.of('billing', 'close-day', { dataPlane }));
      const mesh = await judged(chart);
      const ask = (workload: string, callee: MeshedService) => arrives(mesh, from({ workload }, callee));
      expect(await ask('billing/close-day', invoices)).toBe(true);
      expect(await ask('billing/close-day', ledger)).toBe(false);
      expect(await ask('billing/open-day', invoices)).toBe(false);
      const egress = decide(mesh.cluster, from({ workload: 'billing/open-day' }, invoices));
      expect(egress).toMatchObject({ allowed: false, layer: 'network' });
    });
  });
});

describe('a caller that connects to pods', () => {
  const prometheus = (proxy: 'sidecar' | 'ztunnel'): Caller => ({ pod: { namespace: 'monitoring', serviceAccount: 'prometheus', proxy } });
  const ports = [MeshPort.http(8080), MeshPort.http(9100, { suffix: 'metrics' })];

  it.each([
    ['by ztunnel', DataPlane.ambient({ waypoint: Waypoint.NEVER })],
    ['past the waypoint', DataPlane.ambient({ waypoint: Waypoint.ALWAYS })],
    ['by the sidecar of the pod', DataPlane.sidecar()],
  ])('is let in %s, on its port alone, and nobody else is', async (_, dataPlane) => {
    const chart = newChart();
    const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cart', { ports });
    const identity = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() });
    cart.access.allow(identity, { port: 9100, toPods: true });
    const mesh = await judged(chart);
    const scrape = (caller: Caller, port = 9100) => arrives(mesh, dial(caller, cart, { port, path: '/metrics' }));
    expect(await scrape(prometheus('ztunnel'))).toBe(true);
    expect(await scrape(prometheus('ztunnel'), 8080)).toBe(false);
    expect(await scrape(STRANGERS.ambient)).toBe(false);
    expect(await scrape({ pod: { namespace: 'monitoring' } })).toBe(false);
  });

  it('has to say so: behind a waypoint the Service is what a grant is for', async () => {
    const chart = newChart();
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });
    const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cart', { ports });
    cart.access.allow(ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() }), { port: 9100 });
    const mesh = await judged(chart);
    expect(await arrives(mesh, from(prometheus('ztunnel'), cart, { port: 9100 }))).toBe(true);
    expect(await arrives(mesh, dial(prometheus('ztunnel'), cart, { port: 9100 }))).toBe(false);
  });

  it('proves its identity from a sidecar where a headless Service tells of the pods’ addresses, for bytes', async () => {
    const chart = newChart();
    const data = new ZeroTrustNamespace(chart, 'data', { dataPlane: DataPlane.sidecar() });
    const workload = rawWorkload(chart, { kind: 'StatefulSet', name: 'kafka', namespace: 'data', port: 9092 });
    const kafka = MeshedService.fromWorkload(data, 'kafka', workload, { ports: [MeshPort.tcp(9092)] });
    rawService(chart, { name: 'brokers', namespace: 'data', app: 'kafka', port: 9092, headless: true });
    const web = service(data, 'web');
    web.calls(kafka, { toPods: true });
    const mesh = await judged(chart);
    const toPod = (caller: string) => mesh.answer({ from: { workload: caller }, to: { podOf: 'data/kafka', port: 9092 } });
    expect((await toPod('data/web-v1')).allowed).toBe(true);
  });

  it('is refused with a sidecar and no such Service: the sidecar passes on what it does not know', async () => {
    const chart = newChart();
    const data = new ZeroTrustNamespace(chart, 'data', { dataPlane: DataPlane.ambient() });
    const db = service(data, 'db', { ports: [MeshPort.tcp(5432)] });
    // Of one that says its sidecar MESH221 tells.
    db.access.allow(ServiceIdentity.of('monitoring', 'prometheus'), { toPods: true });
    const mesh = await judged(chart);
    expect((await mesh.answer(dial(prometheus('sidecar'), db, { port: 5432 }))).allowed).toBe(false);
  });

  it('is limited to requests where the pods hold proxies', async () => {
    const chart = newChart();
    const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() }), 'cart', { ports });
    const identity = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() });
    cart.access.allow(identity, { http: [HttpAccess.get('/metrics')], port: 9100, toPods: true });
    const mesh = await judged(chart);
    const scrape = (path: string) => arrives(mesh, dial(prometheus('ztunnel'), cart, { port: 9100, path }));
    expect([await scrape('/metrics'), await scrape('/admin')]).toEqual([true, false]);
  });
});
