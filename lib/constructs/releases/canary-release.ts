import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Code } from '../../support/codes';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import { requireOptions } from '../../support/options/require-options';
import type { WeightsOwner } from '../../values/traffic/weights-owner';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { ownDeployment } from '../workload/own-deployment';
import { CANARY_RELEASE_PROPS, type CanaryReleaseProps, type FurtherVersion } from './canary-release-props';
import { makeReleased } from './make-released';
import { recordRelease } from './record-release';
import { requireShares } from './require-shares';
import { requireDifferent, requireHttpFor, requirePodsForRequests, requireRelease } from './require-release';

/**
 * A new version of a service that gets a share of its requests, and more with each step; or several of them at once.
 *
 * Expands into a Deployment `<service>-<version>` under the service's account and, by the router: subsets in a DestinationRule and a
 * weighted VirtualService, or a Service for each version and a weighted HTTPRoute. Timeouts, retries and grants of the service stay in
 * force for all versions. Connections to ports that do not speak HTTP are split by weight too, each as a whole. Not split is what callers in ambient
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
    requirePerson(this, props.weightsOwnedBy);
    const { service, canary, others = [], weightsOwnedBy } = props;
    this.version = canary.version;
    this.weight = weightOf(this, props);
    this.weightsOwnedBy = weightsOwnedBy;
    const tried = [{ ...canary, weight: this.weight, match: props.match }, ...others];
    requireVersions(this, props, tried);

    [this.tryDeployment] = tried.map((one) => makeReleased(this, service, one));

    recordRelease(this, service, {
      by: 'canary',
      versions: tried.map(({ version }) => version),
      matched: tried.map(({ version, match = [] }) => ({ version, match })),
      shares: requireShares(
        this,
        tried.map(({ version, weight = 0 }) => ({ version, weight })),
      ),
      affinity: props.affinity?._facts,
      weightsOwnedBy,
    });
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

const CONTROLLED: ReadonlyMap<string, string> = new Map([
  ['flagger', 'flagger'],
  ['argo rollouts', 'argoRollouts'],
  ['argo-rollouts', 'argoRollouts'],
]);

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

function requireVersions(at: Construct, { service, affinity, weightsOwnedBy }: CanaryReleaseProps, tried: readonly FurtherVersion[]): void {
  for (const released of tried) {
    const asked = { service, released, called: 'a canary' };
    requireRelease(at, asked);
    if (released.match?.length) requireHttpFor(at, service, 'match');
    requirePodsForRequests(at, asked, requestsOf(released, weightsOwnedBy));
  }
  requireDifferent(at, tried);
  if (affinity) requireHttpFor(at, service, 'affinity');
  if (affinity && weightsOwnedBy)
    refuse(
      at,
      'MESH097',
      'which customers come back to a version follows from its weight',
      `affinity, and weights moved by ${weightsOwnedBy.who}`,
      'leave affinity out, or the weights to this program',
    );
}

// They release pods that they make themselves: these would be none of a version that this program knows.
function requirePerson(at: Construct, owner: WeightsOwner | undefined): void {
  const verb = CONTROLLED.get(owner?.who.trim().toLowerCase() ?? '');
  if (verb === undefined) return;
  refuse(
    at,
    'MESH745',
    `${owner!.who} brings in versions whose pods it makes itself, and knows nothing of a Deployment for each`,
    `weightsOwnedBy: ${owner!.who}`,
    `drop the CanaryRelease, and set releaseController: ReleaseController.${verb}({…}) on the service; a release is then a new image there`,
  );
}

// Where somebody else moves the weights, they make the pods first.
function requestsOf({ weight = 0, match = [] }: FurtherVersion, weightsOwnedBy: WeightsOwner | undefined): string | undefined {
  if (weight > 0) return `at weight ${weight}`;
  return match.length > 0 && !weightsOwnedBy ? 'with match' : undefined;
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
