import type { WaypointPolicy } from '../../model/namespace-facts';
import { requireNamespaceName } from '../../support/object-names';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * When a namespace in ambient mode gets a waypoint: the proxy that reads HTTP for all its Services.
 *
 * A waypoint expands into a Gateway of class `istio-waypoint`, the label `istio.io/use-waypoint` on the Namespace, and its own default deny.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 * @example
 * import { DataPlane, MeshNamespace, Waypoint } from 'istio-constructs';
 *
 * new MeshNamespace(chart, 'search', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
 */
export class Waypoint {
  /** When, and only when, something in the namespace needs HTTP: a grant by path or method, a route, a circuit breaker. */
  public static readonly WHEN_NEEDED = new Waypoint('when-needed');
  /**
   * From the start and for every Service with an address, so that a first HTTP rule changes no path of traffic later. Ports that speak no HTTP are behind it as
   * well; with `WHEN_NEEDED` a service that has no others goes past the waypoint that its neighbours need, until something of its own needs it.
   */
  public static readonly ALWAYS = new Waypoint('always');
  /** Never: what needs HTTP becomes an error that names the line which needs it. */
  public static readonly NEVER = new Waypoint('never');

  /**
   * The waypoint of another namespace, for every Service with an address: one proxy for the namespaces of a team. What it refuses is for all of them, so that they
   * are closed together, or open together (MESH129). Policies and routes of a service stay in its own namespace, and its pods let in the waypoint's identity.
   * @param namespaceName Namespace of the waypoint, which the same program declares; `MeshNamespace.fromName` with `waypoint` names one that is made elsewhere
   * @example
   * import { DataPlane, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
   *
   * new ZeroTrustNamespace(chart, 'team', { dataPlane: DataPlane.ambient() });
   * new ZeroTrustNamespace(chart, 'team-search', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') }) });
   */
  public static sharedFrom(namespaceName: string): Waypoint {
    requireArguments('Waypoint', { namespaceName }, { namespaceName: TEXT });
    return new Waypoint('always', requireNamespaceName('Waypoint', namespaceName));
  }

  /** @internal */
  public readonly _facts: WaypointPolicy;
  /** @internal */
  public readonly _home?: string;

  private constructor(policy: WaypointPolicy, home?: string) {
    this._facts = policy;
    this._home = home;
  }
}

export const WAYPOINT = made(Waypoint, 'Waypoint', 'Waypoint.WHEN_NEEDED');
