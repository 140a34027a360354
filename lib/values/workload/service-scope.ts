import { oneOf } from '../../support/options/kind';

/**
 * In which clusters of the mesh a service has its pods, in the words of `serviceScopeConfigs`. A service is the same one in all of them by its name and its namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ServiceScopeConfigs
 */
export enum ServiceScope {
  /** Callers reach pods of their own cluster alone: the mesh configuration says so to sidecars (`clusterLocal`), and for ztunnel and waypoints it is so anyway. */
  LOCAL = 'LOCAL',
  /** Callers reach the pods of all clusters: the label `istio.io/global` says so to ztunnel and waypoints, and for sidecars it is so anyway. */
  GLOBAL = 'GLOBAL',
}

export const SERVICE_SCOPE = oneOf('ServiceScope', ServiceScope);
