import { Duration } from 'cdk8s';
import {
  DataPlane,
  Environment,
  FaultInjection,
  type FaultInjectionProps,
  GrpcStatus,
  Mesh,
  type MeshedServiceProps,
  MeshPort,
  MeshReport,
  RequestMatch,
  Routing,
} from 'istio-constructs';
import { canary, edgeGateway, findingCodes, manifest, names, service, shop, type Shop, spec } from '../../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../../for-each-plane';

const HOST = 'cart.shop.svc.cluster.local';
const TESTERS = RequestMatch.header('x-chaos', 'true');
const SLOW = { delay: { duration: Duration.seconds(5) } };
const slow = { delay: { fixedDelay: '5s', percentage: { value: 100 } } };
const BROKEN = { abort: { status: 503, percentage: 50 } };
const broken = { abort: { httpStatus: 503, percentage: { value: 50 } } };
const route = [{ destination: { host: HOST, port: { number: 8080 } } }];

function faulty(plane: PlaneUnderTest, fault: Omit<FaultInjectionProps, 'service'>, cart: Partial<MeshedServiceProps> = {}): Shop {
  const one = shop(plane, cart);
  new FaultInjection(one.shop, 'chaos', { service: one.cart, ...fault });
  return one;
}

const routesOf = ({ chart }: Shop) => spec(chart, 'VirtualService', 'cart').http;

describe('a FaultInjection', () => {
  forEachPlane((plane) => {
    it('is about all requests where it names none', () => {
      expect(routesOf(faulty(plane, SLOW))).toEqual([{ fault: slow, route }]);
    });

    it('is about the requests that match, and leaves all others alone', () => {
      expect(routesOf(faulty(plane, { match: [TESTERS], ...SLOW, ...BROKEN }))).toEqual([
        { name: 'fault-match', match: [{ headers: { 'x-chaos': { exact: 'true' } } }], fault: { ...slow, ...broken }, route },
        { name: 'fault-split', route },
      ]);
    });

    it('makes neither subsets nor Services of versions, for it sends nothing to one', () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      expect(names(one.chart, 'DestinationRule')).toEqual([]);
      expect(names(one.chart, 'Service').filter((name) => name.startsWith('shop/cart'))).toEqual(['shop/cart']);
    });

    it('is about the ports that speak HTTP', () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090), MeshPort.tcp(9000)];
      expect(routesOf(faulty(plane, BROKEN, { ports }))).toMatchObject([
        { match: [{ port: 8080 }], fault: broken },
        { match: [{ port: 9090 }], fault: broken },
      ]);
    });

    it('answers with a gRPC status on the port that speaks gRPC alone', () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];
      const abort = { grpcStatus: GrpcStatus.UNAVAILABLE };
      const [http, grpc] = routesOf(faulty(plane, { abort }, { ports })) as object[];
      expect(http).not.toHaveProperty('fault');
      expect(grpc).toMatchObject({ fault: { abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } } } });
    });

    it('stays beside timeout and retries of the service, of which a finding tells that they do not end it', () => {
      const one = faulty(plane, { ...SLOW, ...BROKEN }, { timeout: Duration.seconds(3), retries: { attempts: 2 } });
      expect(routesOf(one)).toMatchObject([{ timeout: '3s', retries: { attempts: 2 }, fault: { ...slow, ...broken } }]);
      expect(findingCodes(one.chart)).toContain('MESH318');
    });

    it('leaves the shares of a release as they are, for those who see the fault too', () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW });
      canary(one.cart, { weight: 10 });
      const shares = [
        { destination: { subset: 'v1' }, weight: 90 },
        { destination: { subset: 'v2' }, weight: 10 },
      ];
      expect(routesOf(one)).toMatchObject([
        { name: 'fault-match', fault: slow, route: shares },
        { name: 'canary-split', route: shares },
      ]);
    });

    it('brings the waypoint where one is needed to make it', () => {
      const { chart } = faulty(plane, SLOW);
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['shop/waypoint'] }));
      expect([...names(chart, 'VirtualService'), ...names(chart, 'HTTPRoute')]).toEqual(['shop/cart']);
      expect(findingCodes(chart)).toEqual(plane.of({ sidecar: [], ambient: ['MESH310'] }));
    });

    it('fails the synth where the Gateway API is asked for by name', () => {
      const { chart } = faulty(plane, SLOW, { routing: Routing.gatewayApi() });
      expect(() => chart.toJson()).toThrow(/MESH309[\s\S]*got: fault/);
    });

    // There the gateway's own HTTPRoute is all there is; a waypoint stands before requests from the gateway, too.
    it('is lost in sidecar mode to what comes in through a gateway, which a finding says', () => {
      const one = faulty(plane, SLOW);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      expect(findingCodes(one.chart)).toEqual(plane.of({ sidecar: ['MESH401'], ambient: ['MESH310'] }));
      const { labels = {} } = manifest(one.chart, 'Service', 'cart').metadata;
      expect(labels['istio.io/ingress-use-waypoint']).toBe(plane.of({ sidecar: undefined, ambient: 'true' }));
    });

    it('may be several of one service, each for requests of its own', () => {
      const one = faulty(plane, { match: [TESTERS], ...SLOW });
      new FaultInjection(one.shop, 'worse', { service: one.cart, match: [RequestMatch.path('/worse')], ...BROKEN });
      expect(routesOf(one)).toMatchObject([{ fault: broken }, { fault: slow }, { name: 'fault-split' }]);
      expect(findingCodes(one.chart)).not.toContain('MESH314');
    });

    it('fails the synth where two say the fault of the same requests', () => {
      const one = faulty(plane, SLOW);
      new FaultInjection(one.shop, 'worse', { service: one.cart, ...BROKEN });
      expect(() => one.chart.toJson()).toThrow(/MESH314[\s\S]*both say the fault of the same requests/);
    });

    it('says nothing of services beside it', () => {
      const one = faulty(plane, SLOW);
      service(one.shop, 'search', { timeout: Duration.seconds(3) });
      expect(JSON.stringify(one.chart.toJson()).split('"fault"')).toHaveLength(2);
    });

    it('is switched off at 0 percent, and stands there', () => {
      expect(routesOf(faulty(plane, { delay: { duration: Duration.millis(200), percentage: 0 } }))).toEqual([
        { fault: { delay: { fixedDelay: '0.2s', percentage: { value: 0 } } }, route },
      ]);
    });
  });
});

describe('a FaultInjection in production', () => {
  const inEnvironment = (environment: Environment | undefined, inProduction?: string): Shop => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    new Mesh(one.chart, 'mesh', { environment });
    new FaultInjection(one.shop, 'chaos', { service: one.cart, ...BROKEN, inProduction });
    return one;
  };

  it('fails the synth, with the line that says it', () => {
    const { chart } = inEnvironment(Environment.PRODUCTION);
    expect(() => chart.toJson()).toThrow(
      /MESH319 at test\/shop\/chaos[\s\S]*declared at: test\/constructs\/releases\/requests\/fault-injection\.test\.ts/,
    );
  });

  it('holds where somebody says why, and the report shows the reason', () => {
    const { chart } = inEnvironment(Environment.PRODUCTION, 'game day of the shop team');
    expect(routesOf({ chart } as Shop)).toMatchObject([{ fault: broken }]);
    const [finding] = MeshReport.of(chart).findings;
    expect(finding).toMatchObject({ code: 'MESH320', level: 'info', text: expect.stringContaining('got: game day of the shop team') });
  });

  it.each([Environment.DEVELOPMENT, Environment.STAGING, undefined])('is of no matter in another environment: %s', (environment) => {
    expect(findingCodes(inEnvironment(environment).chart)).toEqual([]);
  });
});
