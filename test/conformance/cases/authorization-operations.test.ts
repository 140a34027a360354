import { Callers, HttpAccess, ServiceIdentity } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, dial, from, STRANGERS } from '../requests';

describe('a grant by hosts', () => {
  forEachPlane((plane) => {
    it('takes requests that name one of them, however they write it', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.of({ hosts: ['product.shop.svc.cluster.local', 'unknown.example.com'] })] });
      const mesh = await judged(chart);
      expect((await mesh.answer(call(cart, product))).allowed).toBe(true);
      const capitals = { ...call(cart, product), to: { host: 'Product.Shop.svc.cluster.local', port: 8080 } };
      expect((await mesh.answer(capitals)).allowed).toBe(true);
    });

    it('refuses requests that name another, and those of an address', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.of({ hosts: ['*.example.com'], methods: ['GET'] })] });
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(cart, product), dial({ workload: 'shop/cart-v1' }, product)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false]);
    });
  });
});

describe('a refusal of all but some', () => {
  forEachEnforcer((plane) => {
    const proxy = plane.of({ sidecar: 'sidecar', ztunnel: 'ztunnel', waypoint: 'ztunnel' } as const);
    const pod = (namespace: string, serviceAccount: string) => ({ pod: { namespace, serviceAccount, proxy } });

    it('holds for whoever else lets them in, at the pods as well', async () => {
      const { chart, cart, payment, product } = shop(plane);
      product.access.allowAnyone('a public catalogue');
      [cart, payment].forEach((caller) => caller.calls(product));
      product.access.denyAnyone({ port: 8080, exempt: [cart, ServiceIdentity.of('billing', 'report'), Callers.ofNamespace('audit')] });
      const mesh = await judged(chart);
      const spared = [call(cart, product), from(pod('billing', 'report'), product), from(pod('audit', 'any'), product)];
      const refused = [call(payment, product), from(pod('billing', 'other'), product), dial(pod('audit-x', 'any'), product)];
      expect((await mesh.answers(spared)).map(({ allowed }) => allowed)).toEqual([true, true, true]);
      expect((await mesh.answers(refused)).map(({ allowed }) => allowed)).toEqual([false, false, false]);
    });

    it('lets nobody in by itself', async () => {
      const { chart, cart, payment, product } = shop(plane);
      payment.calls(product);
      product.access.denyAnyone({ exempt: [cart, payment] });
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(cart, product), call(payment, product)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });

    it('may be of one namespace', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('a public catalogue');
      product.access.deny(Callers.ofNamespace('billing'), { exempt: [ServiceIdentity.of('billing', 'report')] });
      const mesh = await judged(chart);
      const answers = await mesh.answers([pod('billing', 'report'), pod('billing', 'other')].map((one) => from(one, product)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });

  forEachPlane((plane) => {
    it('is only noted in a dry run', async () => {
      const answersOf = async (dryRun: boolean): Promise<boolean[]> => {
        const { chart, cart, payment, product } = shop(plane);
        [cart, payment].forEach((caller) => caller.calls(product));
        product.access.deny(cart, { port: 8080, dryRun });
        const mesh = await judged(chart);
        return (await mesh.answers([call(cart, product), call(payment, product), from(STRANGERS.sidecar, product)])).map(
          ({ allowed }) => allowed,
        );
      };
      expect(await answersOf(true)).toEqual([true, true, false]);
      expect(await answersOf(false)).toEqual([false, true, false]);
    });

    it('may be of some requests', async () => {
      const { chart, cart, payment, product } = shop(plane);
      cart.calls(product);
      payment.calls(product);
      product.access.denyAnyone({ http: [HttpAccess.anyMethod('/orders')], exempt: [cart] });
      const mesh = await judged(chart);
      const asked = [call(cart, product, { path: '/orders' }), call(payment, product, { path: '/orders' }), call(payment, product)];
      expect((await mesh.answers(asked)).map(({ allowed }) => allowed)).toEqual([true, false, true]);
    });
  });
});
