import { Callers, DataPlane, HttpAccess, IpBlocks, MeshPort, Migration, Waypoint } from 'istio-constructs';
import { findingCodes, service, shop } from '../../builders';
import { type EnforcerName, forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Caller } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call, dial, from, type Line } from '../requests';
import { decide } from '../../../lib/verdict/decide';

type Proxy = 'sidecar' | 'ztunnel';

const proxyOf = (plane: PlaneUnderTest<EnforcerName>): Proxy => plane.of({ sidecar: 'sidecar', ztunnel: 'ztunnel', waypoint: 'ztunnel' });

const pod = (namespace: string, proxy: Proxy, serviceAccount = 'any'): Caller => ({ pod: { namespace, serviceAccount, proxy } });
const at = (address: string, proxy: Proxy): Caller => ({ pod: { namespace: 'elsewhere', serviceAccount: 'any', proxy, address } });
const ofDomain = (trustDomain: string, namespace: string, proxy: Proxy): Caller => ({
  identity: { namespace, serviceAccount: 'any', proxy, trustDomain },
});

/** Whether callers arrive, as istiod has it; the verdict of the library, which reads the network layer as well, has to say the same. */
async function arrivals(
  mesh: MeshUnderTest,
  callers: readonly Caller[],
  ask: (caller: Caller) => ReturnType<typeof from>,
): Promise<boolean[]> {
  const answers = await mesh.answers(callers.map(ask));
  expect(callers.map((caller) => decide(mesh.cluster, ask(caller)).allowed)).toEqual(answers.map(({ allowed }) => allowed));
  return answers.map(({ allowed }) => allowed);
}

const reason = 'all of them read prices';

describe('every workload of a namespace', () => {
  forEachEnforcer((plane) => {
    const proxy = proxyOf(plane);

    it('is let in, and none of a namespace whose name looks alike', async () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing', { dataPlane: plane.dataPlane }), { reason });
      const mesh = await judged(chart);
      const callers = [pod('billing', proxy), pod('billing', proxy, 'other'), pod('billing', proxy, 'default')];
      const others = ['billing-x', 'x-billing', 'bill', 'elsewhere'].map((name) => pod(name, proxy));
      expect(await arrivals(mesh, callers, (caller) => from(caller, product))).toEqual([true, true, true]);
      expect(await arrivals(mesh, others, (caller) => from(caller, product))).toEqual([false, false, false, false]);
    });

    it('has to prove it, and in this trust domain', async () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing'), { reason });
      const mesh = await judged(chart);
      const callers: Caller[] = [{ pod: { namespace: 'billing' } }, ofDomain('partner.example', 'billing', proxy)];
      expect(await arrivals(mesh, callers, (caller) => from(caller, product))).toEqual([false, false]);
    });

    it('of a closed namespace gets out only by its own calls, which is told', async () => {
      const [closed, calling] = [shop(plane), shop(plane)];
      for (const { product } of [closed, calling]) product.access.allow(Callers.ofNamespace('payments'), { reason });
      calling.payment.calls(calling.product);
      expect([closed, calling].map(({ chart }) => findingCodes(chart).includes('MESH234'))).toEqual([true, false]);
      const [shut, open] = [await judged(closed.chart), await judged(calling.chart)];
      expect(await open.answers([call(calling.payment, calling.product)])).toMatchObject([{ allowed: true }]);
      expect(decide(open.cluster, call(calling.payment, calling.product)).allowed).toBe(true);
      // A sidecar is told of no Service that it does not call; NetworkPolicies, which istiod does not know, hold back the others.
      expect((await shut.answers([call(closed.payment, closed.product)]))[0].allowed).toBe(
        plane.of({ sidecar: false, ztunnel: true, waypoint: true }),
      );
      expect(decide(shut.cluster, call(closed.payment, closed.product)).allowed).toBe(false);
    });

    it('is refused', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('a public catalogue');
      product.access.deny(Callers.ofNamespace('sandbox', { dataPlane: plane.dataPlane }));
      const mesh = await judged(chart);
      const callers = ['sandbox', 'sandbox-x', 'elsewhere'].map((name) => pod(name, proxy));
      expect(await arrivals(mesh, callers, (caller) => from(caller, product))).toEqual([false, true, true]);
    });

    it('is refused, and not who comes through a waypoint that is in the same namespace', async () => {
      const { chart, cart, product } = shop(plane);
      product.access.allowAnyone('a public catalogue');
      product.access.deny(Callers.ofNamespace('shop'));
      const mesh = await judged(chart);
      const insiders = [call(cart, product), dial({ workload: 'shop/cart-v1' }, product)];
      expect((await mesh.answers(insiders)).map(({ allowed }) => allowed)).toEqual([false, false]);
      expect(await arrivals(mesh, [pod('elsewhere', proxy)], (caller) => from(caller, product))).toEqual([true]);
    });
  });

  forEachPlane((plane) => {
    const proxy = plane.of<Proxy>({ sidecar: 'sidecar', ambient: 'ztunnel' });

    it('is limited to requests, by name and at the pods', async () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing', { dataPlane: plane.dataPlane }), { reason, http: [HttpAccess.get('/prices/*')] });
      const mesh = await judged(chart);
      const lines: Line[] = [{ path: '/prices/1' }, { path: '/stock' }, { path: '/prices/1', method: 'POST' }];
      const answers = await mesh.answers(lines.map((line) => from(pod('billing', proxy), product, line)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
      expect(await mesh.answer(dial(pod('billing', proxy), product, { path: '/stock' }))).toMatchObject({ allowed: false });
    });
  });
});

describe('every identity of a trust domain', () => {
  forEachEnforcer((plane) => {
    const proxy = proxyOf(plane);

    it('is let in, and none of a domain that looks alike', async () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofTrustDomain('partner.example'), { reason });
      const mesh = await judged(chart);
      const domains = ['partner.example', 'partner.example.evil.example', 'evil-partner.example', 'cluster.local'];
      const callers = domains.map((domain) => ofDomain(domain, 'reports', proxy));
      expect(await arrivals(mesh, callers, (caller) => from(caller, product))).toEqual([true, false, false, false]);
    });
  });
});

describe('a refusal of many, some of whom are the waypoint', () => {
  forEachEnforcer((plane) => {
    const proxy = proxyOf(plane);

    it('refuses a trust domain, and lets another one through', async () => {
      const { chart, cart, product } = shop(plane);
      product.access.allowAnyone('a public catalogue');
      product.access.deny(Callers.ofTrustDomain('cluster.local'));
      const mesh = await judged(chart);
      expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: false });
      expect(await arrivals(mesh, [ofDomain('partner.example', 'reports', proxy)], (caller) => from(caller, product))).toEqual([true]);
    });
  });

  it.each([Migration.PREPARE, Migration.wave(1)])('lets through whom it does not mean while pods move, %#', async (migration) => {
    const { chart, cart, payment, product } = shop({ dataPlane: DataPlane.ambient({ migration, waypoint: Waypoint.ALWAYS }) });
    [cart, payment].forEach((caller) => caller.calls(product));
    product.access.deny(Callers.ofNamespace('shop'), { http: [HttpAccess.get('/z')] });
    const mesh = meshOf(chart);
    const asked = [call(payment, product, { path: '/z' }), call(cart, product, { path: '/z' })];
    expect((await mesh.answers(asked)).map(({ allowed }) => allowed)).toEqual([true, false]);
  });
});

describe('whoever is at some addresses', () => {
  const planes = { sidecar: DataPlane.sidecar(), ztunnel: DataPlane.ambient() };

  for (const [name, dataPlane] of Object.entries(planes) as Array<[Proxy, DataPlane]>) {
    it(`is let in by a ${name}, and nobody else`, async () => {
      const { chart, shop: namespace } = shop({ dataPlane });
      const ledger = service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] });
      ledger.access.allow(Callers.at(IpBlocks.ofPeers('10.20.0.0/16', '10.21.0.7')), { reason: 'tills' });
      const mesh = await judged(chart);
      const callers = ['10.20.3.4', '10.21.0.7', '10.21.0.8', '10.200.3.4'].map((address) => at(address, name));
      const ask = (caller: Caller): ReturnType<typeof from> => from(caller, ledger, { port: 5432 });
      expect(await arrivals(mesh, callers, ask)).toEqual([true, true, false, false]);
    });

    it(`is refused by a ${name}`, async () => {
      const { chart, shop: namespace } = shop({ dataPlane });
      const ledger = service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] });
      ledger.access.allowAnyone('a public ledger');
      ledger.access.deny(Callers.at(IpBlocks.ofPeers('10.20.0.0/16')), { port: 5432 });
      const mesh = await judged(chart);
      const ask = (caller: Caller): ReturnType<typeof from> => from(caller, ledger, { port: 5432 });
      expect(await arrivals(mesh, [at('10.20.3.4', name), at('10.21.3.4', name)], ask)).toEqual([false, true]);
    });

    it(`still wants an identity before a ${name}`, async () => {
      const { chart, shop: namespace } = shop({ dataPlane });
      const ledger = service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] });
      ledger.access.allow(Callers.at(IpBlocks.ofPeers('10.20.0.0/16')), { reason: 'tills' });
      const mesh = await judged(chart);
      const caller: Caller = { pod: { namespace: 'elsewhere', address: '10.20.3.4' } };
      expect(await mesh.answer(from(caller, ledger, { port: 5432 }))).toMatchObject({ allowed: false });
    });
  }

  it('is no client, whose address any caller could write', () => {
    expect(() => Callers.at(IpBlocks.ofClients('10.20.0.0/16'))).toThrow(/MESH856/);
  });

  it('is nobody to a waypoint, whatever a policy beside the program says', async () => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    product.access.allow(Callers.ofNamespace('elsewhere'), { reason });
    const refusal = { action: 'DENY', rules: [{ from: [{ source: { ipBlocks: ['10.20.0.0/16'] } }] }] };
    const spec = { targetRefs: [{ group: '', kind: 'Service', name: 'product' }], ...refusal };
    const mesh = meshFrom([
      ...(await judged(chart)).manifests,
      { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'office', namespace: 'shop' }, spec },
    ]);
    expect(await arrivals(mesh, [at('10.20.3.4', 'ztunnel')], (caller) => from(caller, product))).toEqual([true]);
  });
});
