import type { CanaryFacts } from '../../model/namespace-facts';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import { NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { PROXY_PODS, type ProxyPods } from '../workload/proxy-pods';
import type { Migration } from './migration';
import { Waypoint } from './waypoint';

/**
 * A second waypoint beside that of a namespace, which takes a share of its connections: to try another revision of Istio, or other pods, on a few of them.
 *
 * Expands into a second Gateway, `waypoint-canary`, which is closed as the first one is; into the label `istio.io/use-waypoint-canary` and the annotation
 * `istio.io/use-waypoint-canary-weight` on the Namespace and on those that share its waypoint; and into the second identity in what the pods let in. Both check and route the
 * same. Services with a waypoint of their own have no part in it.
 *
 * Istio calls these words alpha, and the program needs Istio 1.31.1 by them. Begin with weight 0, which sends nothing and lets the second one start; end with weight 0
 * before you take the option out, for what is sent to a waypoint that is gone is lost.
 *
 * @see https://istio.io/latest/docs/reference/config/labels/
 * @example
 * import { DataPlane, ZeroTrustNamespace } from 'istio-constructs';
 *
 * new ZeroTrustNamespace(chart, 'search', { dataPlane: DataPlane.ambient({ waypointCanary: { weight: 10, revision: '1-31-1' } }) });
 */
export interface WaypointCanary {
  /** How many percent of the connections it takes, from 0 to 100. Istio counts connections, not requests: a caller that keeps one open stays where it is. */
  readonly weight: number;

  /**
   * Revision of Istio that runs it.
   * @default - that of the namespace
   */
  readonly revision?: string;

  /**
   * Its pods.
   * @default - `waypointPods` of the namespace
   */
  readonly pods?: ProxyPods;
}

export const WAYPOINT_CANARY = struct<WaypointCanary>({ weight: NUMBER, revision: optional(TEXT), pods: optional(PROXY_PODS) });

const MOST_PERCENT = 100;

/** The same, where there is a waypoint for it to stand beside. */
export function canaryOf({ weight, revision }: WaypointCanary, waypoint: Waypoint, migration?: Migration): CanaryFacts {
  requireOwnWaypoint(waypoint);
  if (migration) refuseMigration(weight);
  return { weight: requireCount('DataPlane', 'weight of a waypoint canary', weight, 0, MOST_PERCENT), revision };
}

function requireOwnWaypoint(waypoint: Waypoint): void {
  if (waypoint !== Waypoint.NEVER && waypoint._home === undefined) return;
  throw new MeshError({
    code: 'MESH878',
    at: 'DataPlane',
    what: 'a waypoint canary stands beside a waypoint that the namespace makes itself',
    got: waypoint._home === undefined ? 'waypoint: Waypoint.NEVER' : `waypoint: Waypoint.sharedFrom('${waypoint._home}')`,
    fix:
      waypoint._home === undefined
        ? 'leave waypointCanary out, or let the namespace have a waypoint'
        : `say waypointCanary of ${waypoint._home}: it is for all who share its waypoint`,
  });
}

// In the states of a migration everybody already has two ways to come; a third one would be another identity at each of them.
function refuseMigration(weight: number): never {
  throw new MeshError({
    code: 'MESH879',
    at: 'DataPlane',
    what: 'a waypoint canary waits until no pods move from one plane to the other',
    got: `migration beside waypointCanary: { weight: ${weight} }`,
    fix: 'finish the migration, then try the other waypoint',
  });
}
