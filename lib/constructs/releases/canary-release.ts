import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import type { PartyFacts } from '../../model/party';
import type { RouteStatement } from '../../model/route';
import type { WorkloadSpec } from '../../model/workload-spec';
import { CallSite } from '../../support/call-site';
import type { Code } from '../../support/codes';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import { requireOptions } from '../../support/options/require-options';
import type { RequestMatch } from '../../values/traffic/request-match';
import type { WeightsOwner } from '../../values/traffic/weights-owner';
import type { MeshedService } from '../service/meshed-service';
import { servicePodsOf } from '../service/service-pods';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { adoptWorkload } from '../workload/adopt-workload';
import { ownDeployment } from '../workload/own-deployment';
import { requirePods } from '../workload/require-pods';
import { makeVersion } from '../workload/version-deployment';
import { CANARY_RELEASE_PROPS, type CanaryReleaseProps, type CanaryVersion } from './canary-release-props';

/**
 * A new version of a service that gets a share of its requests, and more with each step.
 *
 * Expands into a Deployment `<service>-<version>` under the service's account and, by the router: subsets in a DestinationRule and a
 * weighted VirtualService, or a Service for each version and a weighted HTTPRoute. Timeouts, retries and grants of the service stay in
 * force for both versions. Ports that do not speak HTTP are not split: their connections reach every version. Nor is what callers in ambient
 * mode send to a service with sidecars (MESH312): it is the caller's own proxy that splits.
 *
 * @see https://istio.io/latest/docs/concepts/traffic-management/#routing-rules
 * @example
 * import { CanaryRelease, RequestMatch } from 'istio-constructs';
 *
 * // The first of four steps: 5 % of the requests, and all that have the header.
 * new CanaryRelease(shop, 'cart-v2', {
 *   service: cart,
 *   canary: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   steps: [5, 20, 50, 100],
 *   step: 1,
 *   match: [RequestMatch.header('x-canary', 'true')],
 * });
 */
export class CanaryRelease extends Construct {
  /** The version that is tried out. */
  public readonly version: string;
  /** Share of requests, in percent, that reach it; the first one where somebody else moves the weights. */
  public readonly weight: number;
  /** Who moves the weights after the first deployment, where it is not this program. */
  public readonly weightsOwnedBy?: WeightsOwner;
  /** Its Deployment, where the pods are made from an image; nothing where they were made elsewhere. */
  public readonly tryDeployment?: kplus.Deployment;

  /**
   * Declares the release.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props Which service, which version, how much
   */
  public constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'CanaryRelease');
    joinApp(this);
    requireOptions(this, props, CANARY_RELEASE_PROPS);
    const { service, canary } = props;
    this.version = canary.version;
    this.weight = weightOf(this, props);
    this.weightsOwnedBy = props.weightsOwnedBy;
    requireRelease(this, service, canary, props.match?.length ?? 0);
    requirePodsForRequests(this, canary, props.match?.length ?? 0);

    const pods = servicePodsOf(service);
    const { party, account, spec, deployment: stable } = pods;
    if (spec && canary.image !== undefined) {
      const own = canarySpec(this, canary, spec, canary.image);
      this.tryDeployment = makeVersion(this, { party, account, version: this.version, spec: own, stable });
    } else adoptWorkload(this, canary.workload!, party, this.version);

    for (const statement of statementsOf(this, party, props.match ?? [])) MeshGraph.of(this).addRoute(statement);
  }

  /** Its Deployment, with all of cdk8s-plus. Fails where the pods were made elsewhere, which `tryDeployment` tells. */
  public get deployment(): kplus.Deployment {
    return ownDeployment(this, this.tryDeployment);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const MOST_MATCHES = 64;

// Requests that match go to the new version whole; of the others it takes its share.
function statementsOf(at: CanaryRelease, service: PartyFacts, match: readonly RequestMatch[]): RouteStatement[] {
  const { version, weight, weightsOwnedBy } = at;
  const said = { service: service.key, by: 'canary', path: at.node.path, site: CallSite.here() };
  const always = { ...said, matches: match.map((one) => one._facts), shares: [{ version, weight: 100 }] };
  const split = { ...said, versions: [version], shares: [{ version, weight }], weightsOwnedBy: weightsOwnedBy?.who };
  return match.length > 0 ? [always, split] : [split];
}

// A number of its own replaces the service's autoscaling.
function canarySpec(at: Construct, { replicas }: CanaryVersion, spec: WorkloadSpec, image: string): WorkloadSpec {
  if (replicas === undefined) return { ...spec, image };
  return { ...spec, image, replicas: requireCount(at, 'replicas', replicas, 0), autoscaling: undefined };
}

function weightOf(at: Construct, { weight, steps, step, weightsOwnedBy }: CanaryReleaseProps): number {
  if (weightsOwnedBy && weight === undefined && !steps && step === undefined) return 0;
  if (weight !== undefined && (steps || step !== undefined))
    return refuse(at, 'MESH024', 'a release has a weight or steps, not both', 'both', 'drop one of them');
  if (weight !== undefined) return requireCount(at, 'weight, in percent,', weight, 0, 100);
  if (!steps || steps.length === 0)
    return refuse(
      at,
      'MESH054',
      'a release has a weight, or at least one step',
      steps ? 'steps: []' : 'neither',
      'set weight, or steps and step',
    );
  steps.forEach((share) => requireCount(at, 'each of steps, in percent,', share, 1, 100));
  if (steps.some((share, index) => index > 0 && share <= steps[index - 1])) {
    return refuse(at, 'MESH055', 'each step is larger than the one before', steps.join(', '), 'order the steps');
  }
  const taken = requireCount(at, 'step, the number of steps that are taken,', step ?? 0, 0, steps.length);
  return taken === 0 ? 0 : steps[taken - 1];
}

function requireRelease(at: Construct, service: MeshedService, canary: CanaryVersion, matches: number): void {
  const { version, image } = canary;
  const { spec, party } = servicePodsOf(service);
  if (service.node.root !== at.node.root)
    refuse(at, 'MESH077', 'a release stands in the App of its service', `${party.path} of another App`, 'declare it beside the service');
  if (version === service.version)
    refuse(at, 'MESH056', 'a canary is another version than the one that serves', version, 'give it a version of its own, for example v2');
  if (matches > MOST_MATCHES)
    refuse(at, 'MESH057', `a route has at most ${MOST_MATCHES} matches`, matches, 'match by something that they share');
  requirePods(at, canary, spec ? 'set image, or workload' : 'set workload');
  if (image !== undefined && !spec)
    refuse(at, 'MESH059', 'a canary of a service made from a workload has one too', `image ${image}`, 'set workload instead of image');
  if (!party.ports.some((port) => port.readsHttp))
    refuse(
      at,
      'MESH060',
      'requests are told apart by a proxy that reads HTTP',
      'a service without an HTTP port',
      'declare a port that speaks HTTP with MeshPort.http, http2 or grpc; without one, set the new image on the service, which replaces all its pods',
    );
}

// Where somebody else moves the weights, they make the pods first.
function requirePodsForRequests(at: CanaryRelease, { replicas }: CanaryVersion, matches: number): void {
  const isMatched = matches > 0 && !at.weightsOwnedBy;
  if (replicas !== 0 || (at.weight === 0 && !isMatched)) return;
  const got = at.weight > 0 ? `replicas: 0 at weight ${at.weight}` : 'replicas: 0 with match';
  refuse(at, 'MESH075', 'a canary that gets requests has pods', got, 'set replicas to 1 or more, or send it no requests');
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
