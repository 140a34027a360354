import { Condition, DataPlane, HttpAccess, IpBlocks, MeshPort } from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, dial, from } from '../requests';

describe('a grant by a header', () => {
  forEachPlane((plane) => {
    it('takes requests that have it, with one of its values, whole or by an end', async () => {
      const { chart, cart, product } = shop(plane);
      const conditions = [Condition.header('X-Tenant', 'acme', 'globex-*')];
      cart.calls(product, { http: [HttpAccess.get('/prices')], conditions });
      const mesh = await judged(chart);
      const arrives = async (headers: Record<string, string>, path = '/prices') =>
        (await mesh.answer(call(cart, product, { path, headers }))).allowed;
      expect(await arrives({ 'x-tenant': 'acme' })).toBe(true);
      expect(await arrives({ 'x-tenant': 'globex-2' })).toBe(true);
      expect(await arrives({ 'x-tenant': 'acme' }, '/stock')).toBe(false);
      expect(await arrives({ 'x-tenant': 'ACME' })).toBe(false);
      expect(await arrives({ 'x-tenant': 'acme-x' })).toBe(false);
      expect(await arrives({ 'x-tenants': 'acme' })).toBe(false);
      expect(await arrives({})).toBe(false);
    });

    it('is of all requests where none are named, and finds no way round at the pods', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { conditions: [Condition.header('x-tenant', '*')] });
      const mesh = await judged(chart);
      expect((await mesh.answer(call(cart, product, { headers: { 'x-tenant': 'any' } }))).allowed).toBe(true);
      expect((await mesh.answer(call(cart, product))).allowed).toBe(false);
      expect((await mesh.answer(dial({ workload: 'shop/cart-v1' }, product))).allowed).toBe(false);
    });
  });
});

describe('a grant by an identity at some addresses', () => {
  const planes = { sidecar: DataPlane.sidecar(), ztunnel: DataPlane.ambient() } as const;

  it.each(['sidecar', 'ztunnel'] as const)('wants both, of a %s', async (proxy) => {
    const { chart, shop: namespace, cart } = shop({ dataPlane: planes[proxy] });
    const ledger = service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] });
    cart.calls(ledger, { conditions: [Condition.at(IpBlocks.ofPeers('10.20.0.0/16'))] });
    const mesh = await judged(chart);
    const pod = (serviceAccount: string, address: string) => ({ pod: { namespace: 'shop', serviceAccount, proxy, address } });
    const callers = [pod('cart', '10.20.0.7'), pod('cart', '10.21.0.7'), pod('product', '10.20.0.7')];
    const answers = await mesh.answers(callers.map((caller) => from(caller, ledger, { port: 5432 })));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
  });
});
