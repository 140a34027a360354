import { Construct } from 'constructs';
import type { Kind } from '../../support/options/kind';
import type { IMeshNamespace } from './i-mesh-namespace';

/** The construct of a namespace, made here or elsewhere. */
export const MESH_NAMESPACE: Kind<IMeshNamespace> = {
  wanted: 'a namespace of the mesh',
  example: 'what new MeshNamespace or MeshNamespace.fromName gives',
  isOne: (value) => Construct.isConstruct(value) && 'namespaceName' in value && 'dataPlane' in value,
};
