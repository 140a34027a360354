import { App, Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  GlobalRateLimit,
  type GlobalRateLimitProps,
  IngressGateway,
  MeshPort,
  RateLimit,
  RateLimitKey,
  type RateLimitProps,
  RateLimitService,
  RateLimitUnit,
  RequestMatch,
  RequestSizeLimit,
} from 'istio-constructs';
import { edgeGateway, service, type Shop, shop } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';
import { sidecar } from './filters';

const HUNDRED = { requests: 100, per: Duration.minutes(1) };
const path = 'test/shop/limit';

/** Of a cart with a port for HTTP and one for bytes. */
const attempt =
  (options: (one: Shop) => Partial<RateLimitProps>, dataPlane = DataPlane.sidecar()) =>
  (): void => {
    const one = shop({ dataPlane }, { ports: [MeshPort.http(8080), MeshPort.tcp(7000)] });
    new RateLimit(one.shop, 'limit', { ...HUNDRED, ...options(one) });
  };

const ofCart = (options: Partial<RateLimitProps>) => attempt(({ cart: limited }) => ({ service: limited, ...options }));

describe('a RateLimit', () => {
  it('fails for requests by who sends them, whom nobody knows where they arrive', () => {
    const act = attempt(({ cart, product }) => ({ service: cart, match: RequestMatch.sentBy(product) }));
    expectRefusal(act, { path, code: 'MESH769', got: 'RequestMatch.sentBy of product', fix: 'by a header' });
  });

  it('fails for a service in ambient mode, with the reason and with who can', () => {
    const act = attempt(({ cart }) => ({ service: cart }), DataPlane.ambient());
    expectRefusal(act, { path, code: 'MESH737', got: 'service cart in ambient mode', fix: 'at the gateway' });
    expect(act).toThrow('supports at sidecars and gateways and at no waypoint');
  });

  it.each<[string, (one: Shop) => Partial<RateLimitProps>, string]>([
    ['nobody', () => ({}), 'neither service nor gateway'],
    ['both', ({ cart, chart }) => ({ service: cart, gateway: edgeGateway(chart, DataPlane.sidecar()) }), 'service and gateway'],
    ['a port of a gateway', ({ chart }) => ({ gateway: edgeGateway(chart, DataPlane.sidecar()), port: 443 }), 'gateway and port'],
  ])('fails for %s', (_, options, got) => {
    expectRefusal(attempt(options), { path, code: 'MESH736', got, fix: '' });
  });

  it.each([
    [7000, 'port 7000 of cart', 'name one of its HTTP ports: 8080'],
    [9000, 'port 9000 of cart', 'name one of its HTTP ports: 8080'],
  ])('fails for port %d, which speaks no HTTP', (port, got, fix) => {
    expectRefusal(ofCart({ port }), { path, code: 'MESH738', got, fix });
  });

  it('fails for a service without an HTTP port', () => {
    const one = shop(sidecar, { ports: [MeshPort.tcp(7000)] });
    const act = () => new RateLimit(one.shop, 'limit', { service: one.cart, ...HUNDRED });
    expectRefusal(act, { path, code: 'MESH738', got: 'no HTTP port of cart', fix: 'MeshPort.http' });
  });

  it('fails for addresses of clients, which sidecars do not know', () => {
    const act = ofCart({ by: RateLimitKey.clientAddress() });
    expectRefusal(act, { path, code: 'MESH739', got: 'RateLimitKey.clientAddress()', fix: 'set gateway' });
  });

  it.each([1, 49])('fails for a time of %d milliseconds', (ms) => {
    expectRefusal(ofCart({ per: Duration.millis(ms) }), { path, code: 'MESH740', got: `${ms} milli`, fix: 'longer time' });
  });

  it('takes a time of 50 milliseconds', () => {
    expect(ofCart({ per: Duration.millis(50) })).not.toThrow();
  });

  it.each<[Partial<RateLimitProps>, string]>([
    [{ requests: 0 }, '0'],
    [{ burst: 0 }, '0'],
    [{ maxValues: 0 }, '0'],
    [{ status: 399 }, '399'],
    [{ status: 600 }, '600'],
    [{ enforced: 101 }, '101'],
    [{ enforced: 0.5 }, '0.5'],
  ])('fails for a number that Envoy does not take: %p', (options, got) => {
    expectRefusal(ofCart(options), { path, code: 'MESH015', got, fix: 'whole number' });
  });

  it('fails for a header with a space in its name', () => {
    expectRefusal(() => RateLimitKey.header('x user'), { path: 'RateLimitKey', code: 'MESH007', got: 'x user', fix: 'header name alone' });
  });

  it('fails in another App than its service', () => {
    const { cart } = shop(sidecar);
    const elsewhere = new Chart(new App(), 'elsewhere');
    const act = () => new RateLimit(elsewhere, 'limit', { service: cart, ...HUNDRED });
    expectRefusal(act, { path: 'elsewhere/limit', code: 'MESH744', got: 'test/shop/cart of another App', fix: 'beside' });
  });

  it('fails for a gateway of another program', () => {
    const one = shop(sidecar);
    const gateway = IngressGateway.fromAttributes(one.chart, 'public', { namespaceName: 'platform' }) as IngressGateway;
    const act = () => new RateLimit(one.shop, 'limit', { gateway, ...HUNDRED });
    expectRefusal(act, { path, code: 'MESH068', got: 'an ImportedGateway', fix: 'new IngressGateway' });
  });

  it('fails for an id that is no name', () => {
    const one = shop(sidecar);
    const act = () => new RateLimit(one.shop, 'Limit', { service: one.cart, ...HUNDRED });
    expectRefusal(act, { path: 'test/shop/Limit', code: 'MESH001', got: 'Limit', fix: 'name of a limit' });
  });
});

describe('a GlobalRateLimit', () => {
  const limit = { requests: 100, per: RateLimitUnit.MINUTE };
  const make = (
    options: (one: Shop) => Pick<GlobalRateLimitProps, 'limiter'> & Partial<GlobalRateLimitProps>,
    dataPlane = DataPlane.sidecar(),
  ) => {
    const one = shop({ dataPlane });
    return new GlobalRateLimit(one.shop, 'limit', { service: one.cart, ...limit, ...options(one) });
  };
  const counted = (one: Shop, domain?: string) =>
    RateLimitService.of(service(one.shop, 'counter', { ports: [MeshPort.grpc(8081), MeshPort.http(8080)] }), { domain });

  it('fails for a service in ambient mode', () => {
    const act = () => make((one) => ({ limiter: counted(one) }), DataPlane.ambient());
    expectRefusal(act, { path, code: 'MESH737', got: 'service cart in ambient mode', fix: 'DataPlane.sidecar()' });
  });

  it.each([
    [undefined, 'no gRPC port of product'],
    [8080, 'port 8080 of product'],
  ])('fails where the one who counts is not asked by gRPC: port %s', (port, got) => {
    const act = () => make(({ product }) => ({ limiter: RateLimitService.of(product, { port }) }));
    expectRefusal(act, { path, code: 'MESH735', got, fix: 'MeshPort.grpc' });
  });

  it('fails without a domain', () => {
    const act = () => make((one) => ({ limiter: counted(one, ' ') }));
    expectRefusal(act, { path: 'RateLimitService', code: 'MESH741', fix: 'leave it out' });
  });

  it('fails to write rules of two domains, or of none', () => {
    const [first, second] = [make((one) => ({ limiter: counted(one, 'a') })), make((one) => ({ limiter: counted(one, 'b') }))];
    const refusal = { path: 'GlobalRateLimit', code: 'MESH743', fix: 'a file for each domain' };
    expectRefusal(() => GlobalRateLimit.rules([first, second]), { ...refusal, got: 'limits of a and b' });
    expectRefusal(() => GlobalRateLimit.rules([]), { ...refusal, got: 'no limit' });
  });
});

describe('a RequestSizeLimit', () => {
  it.each([
    [undefined, 'gRPC ports of cart'],
    [9090, 'gRPC port 9090 of cart'],
  ])('fails on gRPC, which has no end to wait for: port %s', (port, got) => {
    const one = shop(sidecar, { ports: [MeshPort.grpc(9090)] });
    const act = () => new RequestSizeLimit(one.shop, 'limit', { service: one.cart, maxBytes: 5, port });
    expectRefusal(act, { path, code: 'MESH742', got, fix: 'leave it out' });
  });

  it('fails for a service in ambient mode, and for no bytes', () => {
    const size = (dataPlane: DataPlane, maxBytes: number) => () => {
      const one = shop({ dataPlane });
      new RequestSizeLimit(one.shop, 'limit', { service: one.cart, maxBytes });
    };
    expectRefusal(size(DataPlane.ambient(), 5), { path, code: 'MESH737', fix: 'at the gateway' });
    expectRefusal(size(DataPlane.sidecar(), 0), { path, code: 'MESH015', got: '0', fix: 'whole number' });
  });
});
