import type { ControlPlaneFacts } from '../../model/installation/control-plane';
import { rule } from '../rule';

export const unknownCluster = rule({
  code: 'MESH605',
  level: 'error',
  title: 'installation that names a cluster which the mesh does not have',

  check({ controlPlane, cluster, otherClusters = [] }, report) {
    if (controlPlane === undefined) return;
    const others = otherClusters.map(({ name }) => name);
    const known = cluster === undefined ? [] : [cluster.name, ...others];
    const said = [
      ...servedIn(controlPlane).map((name) => [name, others] as const),
      ...controlPlane.contextsOf.map((name) => [name, known] as const),
    ];
    const unknown = [...new Set(said.filter(([name, among]) => !among.includes(name)).map(([name]) => name))].sort();
    for (const name of unknown) {
      report({
        on: { path: controlPlane.path, site: controlPlane.site },
        message: `the installation says something of cluster ${name}, which is not among the ${name === cluster?.name ? 'other clusters' : 'clusters'} of the mesh`,
        got:
          cluster === undefined
            ? 'a Mesh without cluster'
            : `this cluster ${cluster.name}, and otherClusters ${others.join(', ') || 'none'}`,
        fix: `name ${name} in otherClusters of the Mesh, or leave it out here`,
      });
    }
  },
});

/** Clusters that share an istiod with this one. */
function servedIn({ role }: ControlPlaneFacts): readonly string[] {
  return role.isRemote ? [role.primary] : role.remotes;
}
