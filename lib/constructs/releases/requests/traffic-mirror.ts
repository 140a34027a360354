import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { CallSite } from '../../../support/call-site';
import { markKind } from '../../../support/marker';
import { requireOptions } from '../../../support/options/require-options';
import { makeReleased } from '../make-released';
import { requireHttpFor, requirePodsForRequests, requireRelease } from '../require-release';
import { someMatchesOf } from '../../routes/match-facts-of';
import { requireSameApp } from '../../service/require-same-app';
import { servicePodsOf } from '../../service/service-pods';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import { mirrorFactsOf } from './mirror-facts-of';
import { TRAFFIC_MIRROR_PROPS, type TrafficMirrorProps } from './traffic-mirror-props';

/**
 * Copies of requests to a service, sent to a version of it or to another service beside the real ones. Nobody waits for the answers to copies, and
 * nobody sees them: it shows how new code bears real requests. Copies of requests that change something change it a second time, unless the mirror has
 * data of its own.
 *
 * Expands into `mirrors` of the service's VirtualService, or a RequestMirror filter of its HTTPRoute, and for a version into a Deployment
 * `<service>-<version>` that gets no other requests. Copies carry the caller's identity in sidecar mode: another service has to let these callers in as
 * well, and in ambient mode it stands behind the same waypoint (MESH347).
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/mirroring/
 * @example
 * import { TrafficMirror } from 'istio-constructs';
 *
 * // A copy of one in ten requests; what v3 answers is thrown away.
 * new TrafficMirror(shop, 'shadow', {
 *   service: cart,
 *   mirror: { version: 'v3', image: 'ghcr.io/acme/cart:3.0.0-rc1' },
 *   percentage: 10,
 * });
 */
export class TrafficMirror extends Construct {
  /** Deployment of the version that gets the copies, where its pods are made from an image. */
  public readonly tryDeployment?: kplus.Deployment;

  /**
   * Declares the mirror.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Which service, where the copies go
   */
  public constructor(scope: Construct, id: string, props: TrafficMirrorProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'TrafficMirror');
    joinApp(this);
    requireOptions(this, props, TRAFFIC_MIRROR_PROPS);
    const { service, mirror: released, match } = props;
    requireSameApp(this, service);
    requireHttpFor(this, service, 'a mirror');
    const mirror = mirrorFactsOf(this, props);
    if (released) {
      const asked = { service, released, called: 'a mirror' };
      requireRelease(this, asked);
      requirePodsForRequests(this, asked, 'with copies');
      this.tryDeployment = makeReleased(this, service, released);
    }

    const graph = MeshGraph.of(this);
    const said = { service: servicePodsOf(service).party.key, by: 'mirror', path: this.node.path, site: CallSite.here() };
    graph.addRoute({ ...said, matches: someMatchesOf(this, match), mirror });
    if (released) graph.addRoute({ ...said, versions: [released.version], shares: [{ version: released.version, weight: 0 }] });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}
