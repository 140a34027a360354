import { Duration } from 'cdk8s';
import {
  Environment,
  FaultInjection,
  type FaultInjectionProps,
  GrpcStatus,
  Mesh,
  type MeshedServiceProps,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  Verdicts,
} from 'istio-constructs';
import { canary, edgeGateway, newChart, service, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer, Leg } from '../answer';
import { judged } from '../judged';
import { call, enter, type Line, sharesOf } from '../requests';

const TESTERS = RequestMatch.header('x-chaos', 'true');
const AS_TESTER = { headers: { 'x-chaos': 'true' } };
const SLOW = { delay: { duration: Duration.seconds(5) } };
const BROKEN = { abort: { status: 503, percentage: 50 } };

/** As the numbers of gRPC's own list have them, from 1 on. */
const STATUSES = [
  GrpcStatus.CANCELLED,
  GrpcStatus.UNKNOWN,
  GrpcStatus.INVALID_ARGUMENT,
  GrpcStatus.DEADLINE_EXCEEDED,
  GrpcStatus.NOT_FOUND,
  GrpcStatus.ALREADY_EXISTS,
  GrpcStatus.PERMISSION_DENIED,
  GrpcStatus.RESOURCE_EXHAUSTED,
  GrpcStatus.FAILED_PRECONDITION,
  GrpcStatus.ABORTED,
  GrpcStatus.OUT_OF_RANGE,
  GrpcStatus.UNIMPLEMENTED,
  GrpcStatus.INTERNAL,
  GrpcStatus.UNAVAILABLE,
  GrpcStatus.DATA_LOSS,
  GrpcStatus.UNAUTHENTICATED,
];

/** The shop, whose product page calls a cart of which something goes wrong. */
function faulty(plane: PlaneUnderTest, fault: Omit<FaultInjectionProps, 'service'>, cart: Partial<MeshedServiceProps> = {}): Shop {
  const one = shop(plane, cart);
  one.product.calls(one.cart);
  new FaultInjection(one.shop, 'chaos', { service: one.cart, ...fault });
  return one;
}

async function answersOf({ chart, product, cart }: Shop, ...lines: readonly Line[]): Promise<readonly Answer[]> {
  const mesh = await judged(chart);
  return mesh.answers(lines.map((line) => call(product, cart, line)));
}

const legOf = ({ legs }: Answer): Leg => legs.at(-1)!;

/** Percent of the requests that a proxy answers by itself. */
const abortedOf = ({ ways }: Answer): number =>
  ways.filter(({ layer }) => layer === 'routing').reduce((sum, { weight }) => sum + weight, 0);

describe('a FaultInjection', () => {
  forEachPlane((plane) => {
    const at = plane.of({ sidecar: 'sidecar shop/product-v1', ambient: 'waypoint shop/waypoint' });

    it('holds up every request, at the caller’s sidecar or at the waypoint, and lets it in', async () => {
      const [answer] = await answersOf(faulty(plane, SLOW), {});
      expect(answer.allowed).toBe(true);
      expect(legOf(answer)).toMatchObject({ at, by: 'VirtualService shop/cart', fault: { delay: '5s', delayed: 100 } });
    });

    it('aborts its share of the requests, each with its status', async () => {
      const [answer] = await answersOf(faulty(plane, BROKEN), {});
      expect(legOf(answer)).toMatchObject({ at, fault: { status: 503, aborted: 50 } });
      expect(abortedOf(answer)).toBe(50);
    });

    it('is what verdicts tell of it', async () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW, abort: { status: 500 } });
      const [all, none] = await answersOf(one, AS_TESTER, {});
      const ask = (headers = {}) => Verdicts.of(one.chart).ask({ caller: 'product', callee: 'cart', headers });
      expect([ask(AS_TESTER.headers), ask()].map(({ allowed }) => allowed)).toEqual([all.allowed, none.allowed]);
      expect(ask(AS_TESTER.headers)).toMatchObject({
        answeredStatus: legOf(all).fault?.status,
        text: expect.stringContaining('answered 500 by the fault of'),
      });
      const part = faulty(plane, { ...BROKEN });
      const [some] = await answersOf(part, {});
      const { allowed, faults } = Verdicts.of(part.chart).ask({ caller: 'product', callee: 'cart' });
      expect({ allowed, told: faults.map((text) => text.split(' by ')[0]) }).toEqual({
        allowed: true,
        told: [`${abortedOf(some)} % are answered 503`],
      });
      expect(faults[0].endsWith(`, at ${legOf(some).at}`)).toBe(true);
    });

    it('aborts requests that match, and no others', async () => {
      const one = faulty(plane, { match: [TESTERS, RequestMatch.path('/worse')], ...SLOW, abort: { status: 500 } });
      const answers = await answersOf(one, AS_TESTER, { path: '/worse' }, {}, { headers: { 'x-chaos': 'false' } });
      expect(answers.map(abortedOf)).toEqual([100, 100, 0, 0]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, true, true]);
      const fault = { delay: '5s', delayed: 100, status: 500, aborted: 100 };
      expect(answers.map((answer) => legOf(answer).fault)).toEqual([fault, fault, undefined, undefined]);
    });

    it('holds up a part of a thousandth', async () => {
      const [answer] = await answersOf(faulty(plane, { delay: { duration: Duration.millis(1500), percentage: 0.05 } }), {});
      expect(legOf(answer).fault).toEqual({ delay: '1.5s', delayed: 0.05 });
    });

    it('does nothing at 0 percent', async () => {
      const [answer] = await answersOf(faulty(plane, { abort: { status: 503, percentage: 0 } }), {});
      expect(abortedOf(answer)).toBe(0);
    });

    it('is on each port that speaks HTTP', async () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];
      const answers = await answersOf(faulty(plane, BROKEN, { ports }), { port: 8080 }, { port: 9090 });
      expect(answers.map(abortedOf)).toEqual([50, 50]);
    });

    it('answers by gRPC, in every way that there is, where gRPC is spoken and nowhere else', async () => {
      const { chart, shop: namespace, product } = shop(plane);
      const services = STATUSES.map((grpcStatus, index) => {
        const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];
        const one = service(namespace, `fails-${index + 1}`, { ports });
        new FaultInjection(namespace, `chaos-${index + 1}`, { service: one, abort: { grpcStatus } });
        product.calls(one);
        return one;
      });
      const mesh = await judged(chart);
      const byGrpc = await mesh.answers(services.map((one) => call(product, one, { port: 9090 })));
      expect(byGrpc.map((answer) => legOf(answer).fault)).toEqual(STATUSES.map((_, index) => ({ grpcStatus: index + 1, aborted: 100 })));
      const byHttp = await mesh.answers(services.map((one) => call(product, one, { port: 8080 })));
      expect(byHttp.map((answer) => legOf(answer).fault)).toEqual(STATUSES.map(() => undefined));
    });

    // Istio's reference says that they are not enabled beside a fault; istiod writes them all the same.
    it('stands beside timeout and retries, which stay in the route', async () => {
      const retries = { attempts: 2 };
      const [answer] = await answersOf(faulty(plane, { ...SLOW, ...BROKEN }, { timeout: Duration.seconds(3), retries }), {});
      expect(legOf(answer)).toMatchObject({ timeout: '3s', retries, fault: { delay: '5s', aborted: 50 } });
    });

    it('leaves the shares of a release as they are', async () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW });
      canary(one.cart, { weight: 10 });
      const answers = await answersOf(one, AS_TESTER, {});
      const shares = { 'shop/cart-v1': 90, 'shop/cart-v2': 10 };
      expect(answers.map(sharesOf)).toEqual([shares, shares]);
      expect(answers.map((answer) => legOf(answer).fault?.delay)).toEqual(['5s', undefined]);
    });

    it('meets what comes in through a gateway where a waypoint stands behind it, and there alone', async () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW, ...BROKEN });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers([enter('https://shop.example.com/', AS_TESTER), enter('https://shop.example.com/')]);
      expect(answers.map(abortedOf)).toEqual([plane.of({ sidecar: 0, ambient: 50 }), 0]);
      const faults = answers.map(({ legs }) => legs.map(({ fault }) => fault?.delay).find(Boolean));
      expect(faults).toEqual([plane.of({ sidecar: undefined, ambient: '5s' }), undefined]);
    });

    it.each([
      ['development', Environment.DEVELOPMENT, undefined],
      ['staging', Environment.STAGING, undefined],
      ['production, for a reason', Environment.PRODUCTION, 'game day of the shop team'],
    ])('is the same in %s', async (_, environment, inProduction) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { environment });
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [product, cart] = [service(namespace, 'product'), service(namespace, 'cart')];
      new FaultInjection(namespace, 'chaos', { service: cart, ...BROKEN, inProduction });
      const mesh = await judged(chart);
      expect(abortedOf(await mesh.answer(call(product, cart)))).toBe(50);
    });
  });
});
