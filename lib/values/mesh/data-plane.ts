import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import type { CanaryFacts, DataPlaneFacts, PlaneFacts } from '../../model/namespace-facts';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { PROXY_PODS, type ProxyPods, proxyPodsOf } from '../workload/proxy-pods';
import { MIGRATION, type Migration } from './migration';
import { WAYPOINT, Waypoint } from './waypoint';
import { canaryOf, WAYPOINT_CANARY, type WaypointCanary } from './waypoint-canary';

/** What may differ in sidecar mode. */
export interface SidecarOptions {
  /**
   * Revision of Istio that injects the proxies; a revision tag works as well.
   * @default - the default revision, by the label `istio-injection: enabled`
   */
  readonly revision?: string;
}

/** What may differ in ambient mode. */
export interface AmbientOptions {
  /**
   * When the namespace gets a waypoint.
   * @default Waypoint.WHEN_NEEDED
   */
  readonly waypoint?: Waypoint;

  /**
   * Revision of Istio that runs the waypoint and the gateways of the namespace.
   * @default - the default revision
   */
  readonly revision?: string;

  /**
   * The pods of the waypoint.
   * @default - one pod, as Istio makes it
   */
  readonly waypointPods?: ProxyPods;

  /**
   * A second waypoint that takes a share of the connections, to try another revision of Istio or other pods on a few of them.
   * @default - all connections go through the one waypoint
   */
  readonly waypointCanary?: WaypointCanary;

  /**
   * How far a namespace that had sidecars is on its way.
   * @default - nothing moves: all pods are in ambient mode
   */
  readonly migration?: Migration;
}

/**
 * How pods join the mesh: the one choice between sidecar and ambient.
 *
 * Everything that differs between the two follows from it: labels, policies, routes and the network layer. Another one, or another revision of the
 * sidecar, restarts the pods of the program.
 *
 * @see https://istio.io/latest/docs/overview/dataplane-modes/
 * @example
 * import { DataPlane, MeshNamespace } from 'istio-constructs';
 *
 * new MeshNamespace(chart, 'search', { dataPlane: DataPlane.ambient() });
 * new MeshNamespace(chart, 'legacy', { dataPlane: DataPlane.sidecar({ revision: 'stable' }) });
 */
export class DataPlane {
  /**
   * A proxy beside each pod reads all its traffic, HTTP as well.
   * @param options What differs from the defaults
   */
  public static sidecar(options: SidecarOptions = {}): DataPlane {
    requireOptions('DataPlane', options, SIDECAR_OPTIONS);
    return new DataPlane({ mode: 'sidecar' }, Waypoint.NEVER, options.revision, {});
  }

  /**
   * A ztunnel on each node secures connections; a waypoint reads HTTP for the namespaces that need it.
   * @param options What differs from the defaults
   */
  public static ambient(options: AmbientOptions = {}): DataPlane {
    requireOptions('DataPlane', options, AMBIENT_OPTIONS);
    const pods = options.waypointPods && proxyPodsOf('DataPlane', options.waypointPods);
    const { waypoint = Waypoint.WHEN_NEEDED, waypointCanary } = options;
    const canary = waypointCanary && canaryOf(waypointCanary, waypoint, options.migration);
    const canaryPods = waypointCanary?.pods && proxyPodsOf('DataPlane', waypointCanary.pods);
    const migration = options.migration?._facts;
    // Pods that say nothing of themselves move with the first wave: they are nobody's callee.
    const mode = migration?.wave === 0 ? 'sidecar' : 'ambient';
    return new DataPlane({ mode, migration }, waypoint, options.revision, { pods, canary, canaryPods });
  }

  /** When a namespace of this plane gets a waypoint; never in sidecar mode. */
  public readonly waypoint: Waypoint;
  /** Revision of Istio, where one was chosen. */
  public readonly revision?: string;
  /** @internal */
  public readonly _facts: DataPlaneFacts;
  /** @internal */
  public readonly _waypointPods?: ProxyPodsFacts;
  /** @internal */
  public readonly _canaryPods?: ProxyPodsFacts;

  private constructor(plane: PlaneFacts, waypoint: Waypoint, revision: string | undefined, { pods, canary, canaryPods }: Waypoints) {
    const home = waypoint._home;
    this._facts = { ...plane, waypointPolicy: waypoint._facts, waypointHome: home, ...(canary && { waypointCanary: canary }) };
    this.waypoint = waypoint;
    this.revision = revision;
    this._waypointPods = pods;
    this._canaryPods = canaryPods;
  }
}

/** What stands before the Services of a namespace. */
interface Waypoints {
  readonly pods?: ProxyPodsFacts;
  readonly canary?: CanaryFacts;
  readonly canaryPods?: ProxyPodsFacts;
}

const SIDECAR_OPTIONS = struct<SidecarOptions>({ revision: optional(TEXT) });

const AMBIENT_OPTIONS = struct<AmbientOptions>({
  waypoint: optional(WAYPOINT),
  revision: optional(TEXT),
  waypointPods: optional(PROXY_PODS),
  waypointCanary: optional(WAYPOINT_CANARY),
  migration: optional(MIGRATION),
});

export const DATA_PLANE = made(DataPlane, 'DataPlane', 'DataPlane.sidecar()');
