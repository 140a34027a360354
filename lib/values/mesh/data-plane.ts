import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import type { DataPlaneFacts, PlaneFacts } from '../../model/namespace-facts';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { PROXY_PODS, type ProxyPods, proxyPodsOf } from '../workload/proxy-pods';
import { MIGRATION, type Migration } from './migration';
import { WAYPOINT, Waypoint } from './waypoint';

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
    return new DataPlane({ mode: 'sidecar' }, Waypoint.NEVER, options.revision);
  }

  /**
   * A ztunnel on each node secures connections; a waypoint reads HTTP for the namespaces that need it.
   * @param options What differs from the defaults
   */
  public static ambient(options: AmbientOptions = {}): DataPlane {
    requireOptions('DataPlane', options, AMBIENT_OPTIONS);
    const pods = options.waypointPods && proxyPodsOf('DataPlane', options.waypointPods);
    const migration = options.migration?._facts;
    // Pods that say nothing of themselves move with the first wave: they are nobody's callee.
    const mode = migration?.wave === 0 ? 'sidecar' : 'ambient';
    return new DataPlane({ mode, migration }, options.waypoint ?? Waypoint.WHEN_NEEDED, options.revision, pods);
  }

  /** When a namespace of this plane gets a waypoint; never in sidecar mode. */
  public readonly waypoint: Waypoint;
  /** Revision of Istio, where one was chosen. */
  public readonly revision?: string;
  /** @internal */
  public readonly _facts: DataPlaneFacts;
  /** @internal */
  public readonly _waypointPods?: ProxyPodsFacts;

  private constructor(plane: PlaneFacts, waypoint: Waypoint, revision?: string, waypointPods?: ProxyPodsFacts) {
    this._facts = { ...plane, waypointPolicy: waypoint._facts, waypointHome: waypoint._home };
    this.waypoint = waypoint;
    this.revision = revision;
    this._waypointPods = waypointPods;
  }
}

const SIDECAR_OPTIONS = struct<SidecarOptions>({ revision: optional(TEXT) });

const AMBIENT_OPTIONS = struct<AmbientOptions>({
  waypoint: optional(WAYPOINT),
  revision: optional(TEXT),
  waypointPods: optional(PROXY_PODS),
  migration: optional(MIGRATION),
});

export const DATA_PLANE = made(DataPlane, 'DataPlane', 'DataPlane.sidecar()');
