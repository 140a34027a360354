import { GATEWAY_API } from '../../../istio/api-groups';
import { groupKindOf, groupOf } from '../../../cluster/objects/manifest-object';
import type { Cure } from '../../../model/finding';
import type { ManifestObject, MeshModel } from '../../../model/mesh-model';
import { servedKind } from '../../../schemas/served';

const STABLE = 'v1';
// Clusters keep it as v1alpha1 yet, so that neither version is the old one.
const UNSETTLED: readonly string[] = ['telemetry.istio.io/Telemetry'];

/** An object in a version that v1 of its kind has replaced. */
export interface Older {
  readonly object: ManifestObject;
  /** What to write instead. */
  readonly apiVersion: string;
  /** The Gateway API installs it among its experiments alone. */
  readonly isExperiment: boolean;
}

/** Those that no construct has written as they are. */
export function olderVersions({ objects }: MeshModel): Older[] {
  return objects.filter(({ made, patched }) => !made || patched).flatMap(readOlder);
}

function readOlder(object: ManifestObject): Older[] {
  const [first, ...others] = servedKind(groupKindOf(object))?.versions ?? [];
  const [group, version] = [groupOf(object), object.apiVersion.slice(object.apiVersion.indexOf('/') + 1)];
  // A version that nobody serves is another mistake.
  if (first !== STABLE || !others.includes(version) || UNSETTLED.includes(groupKindOf(object))) return [];
  return [{ object, apiVersion: `${group}/${STABLE}`, isExperiment: group === GATEWAY_API && version.includes('alpha') }];
}

/** Both versions have one schema, so that nothing else is to be changed. */
export function cureOf({ object, apiVersion }: Older): Cure {
  return { field: ['apiVersion'], kind: 'set', was: object.apiVersion, to: apiVersion };
}
