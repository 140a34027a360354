import type { MeshFinding } from '../../assembly/mesh-report';

/** What is wrong in manifests. */
export interface MeshLint {
  /** What cannot be read first, then what the rules find, worst first; the `path` of each is its place, `k8s/cart.yaml:12:1`. */
  readonly findings: MeshFinding[];
  /** What is taken to be so because no manifest says otherwise. */
  readonly assumptions: string[];
}
