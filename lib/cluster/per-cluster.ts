import { perObject } from '../support/kept/per-object';
import type { Cluster } from './cluster';

/** What follows from a cluster, computed when somebody first asks and kept as long as the cluster is. */
export const perCluster: <T>(compute: (cluster: Cluster) => T) => (cluster: Cluster) => T = perObject;
