import type { IConstruct } from 'constructs';
import type { DataPlane } from '../../values/mesh/data-plane';

/** A namespace of the mesh, made by this program or by somebody else. */
export interface IMeshNamespace extends IConstruct {
  /** Its name in the cluster. */
  readonly namespaceName: string;
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}
