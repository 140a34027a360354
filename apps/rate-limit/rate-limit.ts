// A shop that limits what it gets: at its gateway, at the pods of one service, and counted in one place for all proxies.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  GlobalRateLimit,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RateLimit,
  RateLimitKey,
  RateLimitService,
  RateLimitUnit,
  RequestMatch,
  RequestSizeLimit,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { addCounter, addRules } from './counting';

export interface RateLimitedProps {
  /** How the pods join the mesh; those of `catalog`, which have limits of their own, have sidecars in any case. */
  readonly dataPlane: DataPlane;
}

export class RateLimited extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: RateLimitedProps) {
    super(scope, id);

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    // Istio patches no waypoint: what limits requests to itself has sidecars.
    const inventory = new ZeroTrustNamespace(this, 'inventory', { dataPlane: DataPlane.sidecar() });
    const counting = new ZeroTrustNamespace(this, 'counting', { dataPlane });
    const edge = new MeshNamespace(this, 'edge', { dataPlane });

    const web = addService(shop, 'web');
    const catalog = addService(inventory, 'catalog');
    web.calls(catalog, { port: 8080 });

    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
    gateway.expose(web, { host: 'shop.example.com' });

    limitGateway(edge, gateway);
    limitCatalog(inventory, catalog);

    // Counted in one place, however many pods a gateway or a service has.
    const limiter = RateLimitService.of(addCounter(counting), { domain: 'shop' });
    const signIns = new GlobalRateLimit(edge, 'sign-ins', {
      gateway,
      limiter,
      requests: 20,
      per: RateLimitUnit.HOUR,
      match: RequestMatch.path('/sign-in'),
      by: RateLimitKey.clientAddress(),
    });
    const exports = new GlobalRateLimit(inventory, 'exports', {
      service: catalog,
      limiter,
      requests: 10,
      per: RateLimitUnit.MINUTE,
      match: RequestMatch.pathPrefix('/export'),
    });
    addRules(counting, [signIns, exports]);
  }
}

/** What comes in from outside, in all and from each address; and no body above a mebibyte. */
function limitGateway(edge: MeshNamespace, gateway: IngressGateway): void {
  new RateLimit(edge, 'all', { gateway, requests: 1000, per: Duration.seconds(1) });
  new RateLimit(edge, 'per-client', {
    gateway,
    requests: 300,
    per: Duration.minutes(1),
    burst: 50,
    by: RateLimitKey.clientAddress(),
    maxValues: 10_000,
    tellCallers: true,
  });
  new RequestSizeLimit(edge, 'bodies', { gateway, maxBytes: 1024 * 1024 });
}

/** What each pod of the catalog bears, and how many searches a user has. The header comes from `web`, which alone is let in. */
function limitCatalog(inventory: ZeroTrustNamespace, catalog: MeshedService): void {
  new RateLimit(inventory, 'each-pod', { service: catalog, requests: 200, per: Duration.seconds(1) });
  new RateLimit(inventory, 'searches', {
    service: catalog,
    requests: 30,
    per: Duration.minutes(1),
    burst: 5,
    match: RequestMatch.pathPrefix('/search'),
    by: RateLimitKey.header('x-user'),
  });
  // On trial: counted in statistics, and nothing refused.
  new RateLimit(inventory, 'per-plan', {
    service: catalog,
    requests: 100,
    per: Duration.minutes(1),
    by: RateLimitKey.header('x-plan'),
    enforced: 0,
  });
}

function addService(scope: Construct, name: string): MeshedService {
  return new MeshedService(scope, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] });
}
