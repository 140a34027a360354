import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { CallSite } from '../../../support/call-site';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireOptions } from '../../../support/options/require-options';
import { someMatchesOf } from '../../routes/match-facts-of';
import { requireSameApp } from '../../service/require-same-app';
import { servicePodsOf } from '../../service/service-pods';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { faultFactsOf } from './fault-facts-of';
import { FAULT_INJECTION_PROPS, type FaultInjectionProps } from './fault-injection-props';

/**
 * Requests to a service that are slow or fail on purpose, to see what their callers make of it; the service itself notices nothing.
 *
 * Expands into `fault` of the service's VirtualService, in ambient mode too, where the waypoint obeys it, for HTTPRoute has no words for it. The
 * rest of the route stays as it is. The proxy makes the fault before it sends a request on: a delay is not cut off by the service's own timeout,
 * and an abort is not retried (MESH318). In sidecar mode requests that come in through a gateway meet no fault (MESH401). Where `Mesh`
 * says `Environment.PRODUCTION` a fault stops synth (MESH319), unless `inProduction` says why it may hold there.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/fault-injection/
 * @example
 * import { Duration } from 'cdk8s';
 * import { FaultInjection, RequestMatch } from 'istio-constructs';
 *
 * // Testers see a slow cart, and every second of their requests fails; nobody else notices.
 * new FaultInjection(shop, 'chaos', {
 *   service: cart,
 *   match: [RequestMatch.header('x-chaos', 'true')],
 *   delay: { duration: Duration.seconds(5) },
 *   abort: { status: 503, percentage: 50 },
 * });
 */
export class FaultInjection extends Construct {
  /**
   * Declares the fault.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Which service, which requests, what goes wrong
   */
  public constructor(scope: Construct, id: string, props: FaultInjectionProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'FaultInjection');
    joinApp(this);
    requireOptions(this, props, FAULT_INJECTION_PROPS);
    const { service, match, delay, abort, inProduction } = props;
    requireSameApp(this, service);
    requireReason(this, inProduction);

    const { key, ports } = servicePodsOf(service).party;
    MeshGraph.of(this).addRoute({
      service: key,
      by: 'fault',
      path: this.node.path,
      site: CallSite.here(),
      matches: someMatchesOf(this, match),
      fault: faultFactsOf(this, ports, delay, abort),
      inProduction,
    });
  }
}

function requireReason(at: Construct, reason: string | undefined): void {
  if (reason === undefined || reason.trim() !== '') return;
  throw new MeshError({
    code: 'MESH092',
    at,
    what: 'inProduction says why the fault may hold there',
    got: reason,
    fix: 'say who has decided it and what for, or leave it out',
  });
}
