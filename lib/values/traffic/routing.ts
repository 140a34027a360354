import { made } from '../../support/options/kind';

/**
 * Which API carries the routes of a service.
 *
 * Left out, the data plane decides: VirtualService for sidecars; HTTPRoute behind a waypoint, unless the route needs what HTTPRoute's
 * standard channel lacks (retries before bundle 1.7, faults). Asked for by name, an API that cannot express the route is an error.
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { MeshedService, MeshPort, Routing } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   timeout: Duration.seconds(5),
 *   routing: Routing.gatewayApi(),
 * });
 */
export class Routing {
  /** Istio's own API: VirtualService, and DestinationRule with one subset a version. */
  public static istio(): Routing {
    return new Routing('istio');
  }

  /** The Gateway API: HTTPRoute, and one Service a version. */
  public static gatewayApi(): Routing {
    return new Routing('gateway-api');
  }

  /** @internal */
  public readonly _facts: 'istio' | 'gateway-api';

  private constructor(router: 'istio' | 'gateway-api') {
    this._facts = router;
  }
}

export const ROUTING = made(Routing, 'Routing', 'Routing.istio()');
