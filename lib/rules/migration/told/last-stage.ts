import type { MigrationFacts } from '../../../model/namespace-facts';
import { isSamePlane } from '../../planes';
import type { LastNamespace, LastSynth, MeshModel, NamespaceModel } from '../../../model/mesh-model';

interface LastStage {
  readonly namespace: LastNamespace;
  readonly objects: LastSynth['objects'];
}

/**
 * What the last synth said of a namespace, if that was another stage of its migration, or before or after one. One folder may have the manifests of several clusters: if the namespace was
 * the same in one of them, it is that one.
 */
export function lastStageOf({ lastSynths = [] }: MeshModel, now: NamespaceModel): LastStage | undefined {
  const known = lastSynths.flatMap(({ namespaces, objects }) =>
    namespaces.filter(({ path, name }) => path === now.path && name === now.name).map((namespace) => ({ namespace, objects })),
  );
  if (known.some(({ namespace }) => isSameStage(namespace, now))) return undefined;
  return known.find(({ namespace }) => namespace.migration ?? now.migration);
}

function isSameStage(one: LastNamespace, other: NamespaceModel): boolean {
  return isSamePlane(one, other) && one.migration?.wave === other.migration?.wave;
}

/** How a program says it. */
export function stageText({ wave }: MigrationFacts): string {
  return wave === 0 ? 'Migration.PREPARE' : `Migration.wave(${wave})`;
}
