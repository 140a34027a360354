import { type Labels, valueAt } from '../../cluster/objects/fields';
import { DATAPLANE_MODE, INJECT } from '../../istio/labels';
import type { LastSynth, ManifestObject, MeshModel, NamespaceModel } from '../../model/mesh-model';
import { command, leftBehind, listed } from '../migration/told/left-behind';
import { hasUnknownPlane, isSamePlane } from '../planes';
import { rule } from '../rule';

const JOINING = [DATAPLANE_MODE, INJECT];
const RESTARTED = ['Deployment', 'StatefulSet', 'DaemonSet'];

export const switchedPlane = rule({
  code: 'MESH120',
  level: 'warning',
  title: 'namespace changes its data plane',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const last = lastOf(model, namespace);
      if (last === undefined) continue;
      const { name, mode } = namespace;
      const left = leftBehind(model, name, last.objects);
      const staying = model.objects.filter((object) => object.namespaceName === name && keepsItsPods(object));
      report({
        on: namespace,
        message: `namespace ${name} was in ${last.mode} mode at the last synth; to apply these manifests removes nothing, and calls between its services may be refused until all their pods have restarted`,
        got: left.length > 0 ? `${mode} mode, and left behind in the cluster: ${listed(left)}` : `${mode} mode`,
        fix: ['apply the manifests', ...command('delete', name, left), ...command('rollout restart', name, staying)].join('; then '),
      });
    }
  },
});

/** True for a workload that looks the same in both planes: whoever made it, its template does not say how its pods join the mesh. */
function keepsItsPods({ kind, manifest }: ManifestObject): boolean {
  const labels = valueAt(manifest, 'spec', 'template', 'metadata', 'labels') as Labels | undefined;
  return RESTARTED.includes(kind) && !JOINING.some((label) => labels && label in labels);
}

/**
 * What the last synth said of a namespace, if that was in another data plane and nothing is on its way by stages. One folder may have the manifests of several clusters: if
 * the namespace was the same in one of them, it is that one.
 */
function lastOf(
  { lastSynths = [] }: MeshModel,
  { path, name, mode, migration }: NamespaceModel,
): { mode: string; objects: LastSynth['objects'] } | undefined {
  const known = lastSynths.flatMap(({ namespaces, objects }) =>
    namespaces.filter((one) => one.path === path && one.name === name).map((one) => ({ ...one, objects })),
  );
  if (migration || known.some((one) => one.migration)) return undefined;
  return [{ mode }, ...known].some(hasUnknownPlane) || known.some((one) => isSamePlane(one, { mode })) ? undefined : known[0];
}
