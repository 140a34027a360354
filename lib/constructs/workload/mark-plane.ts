import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { settledOf } from '../../graph/settle';
import type { PartyFacts } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { labelPods } from '../../render/kubernetes/label-pods';
import { takingHbone } from '../../render/kubernetes/taking-hbone';
import { knownNamespace } from '../namespace/namespace-of';
import { amendManifest } from '../tree/amend-manifest';

/**
 * Has the pods of a workload say themselves how they join the mesh. The label of a Namespace alone leaves each running pod the proxy that it has, or takes
 * it out of the mesh; so a workload changes with the plane of its namespace, which makes its pods anew, and until then they stay what they were.
 */
export function markPlane(at: IConstruct, object: ApiObject, party: PartyFacts): void {
  amendManifest(object, (manifest) => {
    const { facts, dataPlane } = knownNamespace(at, party.namespaceName);
    if (!facts.enrolled) return manifest;
    const plane = planeOf(facts.migration ? settledOf(at).stateOf(party) : facts);
    const marked = labelPods(manifest, plane.podLabels(dataPlane.revision));
    return plane.renewsSidecars ? takingHbone(marked) : marked;
  });
}
