import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { JOINS_AS } from '../../model/workload-spec';
import { planeOf } from '../../planes/plane-of';
import { knownNamespace } from '../namespace/namespace-of';
import { amendManifest, type Manifest } from '../tree/amend-manifest';

/**
 * Restarts the pods of a workload when their namespace changes its data plane or its revision: the label of a Namespace alone leaves each running pod the
 * proxy that it has.
 */
export function markPlane(at: IConstruct, object: ApiObject, namespaceName: string): void {
  amendManifest(object, (manifest) => {
    const { facts, dataPlane } = knownNamespace(at, namespaceName);
    return facts.enrolled ? annotated(manifest, planeOf(facts).podsJoinAs(dataPlane.revision)) : manifest;
  });
}

function annotated(manifest: Manifest, joinsAs: string): Manifest {
  const spec = manifest.spec as Manifest;
  const template = spec.template as Manifest;
  const metadata = template.metadata as Manifest | undefined;
  const annotations = { ...(metadata?.annotations as Manifest | undefined), [JOINS_AS]: joinsAs };
  return { ...manifest, spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } } };
}
