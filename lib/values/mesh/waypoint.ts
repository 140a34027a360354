import type { WaypointPolicy } from '../../model/namespace-facts';
import { made } from '../../support/options/kind';

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

  /** @internal */
  public readonly _facts: WaypointPolicy;

  private constructor(policy: WaypointPolicy) {
    this._facts = policy;
  }
}

export const WAYPOINT = made(Waypoint, 'Waypoint', 'Waypoint.WHEN_NEEDED');
