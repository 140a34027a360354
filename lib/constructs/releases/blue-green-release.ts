import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { markKind } from '../../support/marker';
import { requireOptions } from '../../support/options/require-options';
import { Color } from '../../values/traffic/releases/color';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { ownDeployment } from '../workload/own-deployment';
import { BLUE_GREEN_RELEASE_PROPS, type BlueGreenReleaseProps } from './blue-green-release-props';
import { makeReleased } from './make-released';
import { recordRelease } from './record-release';
import { requireHttpFor, requirePodsForRequests, requireRelease } from './require-release';

/**
 * Two versions of a service side by side, blue and green, of which one takes all requests and the other one stands ready: `live` switches at once,
 * and back.
 *
 * Blue is the service's own version. Green expands into a Deployment `<service>-<version>` under the service's account and, by the router: subsets in
 * a DestinationRule and a VirtualService, or a Service for each version and an HTTPRoute. A switch changes the weights in these routes and at
 * gateways, and nothing else: no pod starts or stops, and timeouts, retries and grants of the service hold for both colours all the time.
 *
 * The colour that is not live gets no requests but those that match `preview`: green before the switch, to be tried, and blue after it, to be
 * looked at before the way back. It keeps its pods, as many as `replicas` says, so that it can take all requests at any time.
 *
 * When nobody wants to go back any more, give the service green's version and image and drop the release: green's pods go on as the service's own. Until then no
 * other release of the service takes a share (MESH314). Ports that do not speak HTTP are switched for new connections; open ones stay where they are. Not
 * switched is what callers in ambient mode send to a service with sidecars (MESH312): it is the caller's own proxy that switches.
 *
 * @see https://istio.io/latest/docs/concepts/traffic-management/#routing-rules
 * @example
 * import { BlueGreenRelease, Color, RequestMatch } from 'istio-constructs';
 *
 * // Green is tried by whoever sends the header; Color.GREEN makes it live, and the header then leads to blue.
 * new BlueGreenRelease(shop, 'cart-green', {
 *   service: cart,
 *   green: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   live: Color.BLUE,
 *   preview: [RequestMatch.header('x-preview', 'true')],
 * });
 */
export class BlueGreenRelease extends Construct {
  /** The version that is green. */
  public readonly version: string;
  /** The colour that takes all requests. */
  public readonly live: Color;
  /** Green's Deployment, where the pods are made from an image; nothing where they were made elsewhere. */
  public readonly tryDeployment?: kplus.Deployment;

  /**
   * Declares the release.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Which service, which version, which of the two is live
   */
  public constructor(scope: Construct, id: string, props: BlueGreenReleaseProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'BlueGreenRelease');
    joinApp(this);
    requireOptions(this, props, BLUE_GREEN_RELEASE_PROPS);
    const { service, green, preview } = props;
    this.version = green.version;
    this.live = props.live;
    const asked = { service, released: green, called: 'a green version' };
    requireRelease(this, asked);
    if (preview?.length) requireHttpFor(this, service, 'preview');
    requirePodsForRequests(this, asked, requestsOf(props));

    this.tryDeployment = makeReleased(this, service, green);

    const [live, idle] = this.live === Color.BLUE ? [service.version, this.version] : [this.version, service.version];
    // Both are named, so that nothing is left for another release.
    const shares = [
      { version: live, weight: 100 },
      { version: idle, weight: 0 },
    ];
    const matched = [{ version: idle, match: preview ?? [] }];
    recordRelease(this, service, { by: 'blue-green', versions: [this.version], matched, shares });
  }

  /** Green's Deployment, with all of cdk8s-plus. Fails where the pods were made elsewhere, which `tryDeployment` tells. */
  public get deployment(): kplus.Deployment {
    return ownDeployment(this, this.tryDeployment);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

// What green gets.
function requestsOf({ live, preview = [] }: BlueGreenReleaseProps): string | undefined {
  if (live === Color.GREEN) return 'with live: Color.GREEN';
  return preview.length > 0 ? 'with preview' : undefined;
}
