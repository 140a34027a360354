import { nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { labelsOfObject } from '../../cluster/objects/manifest-object';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { CORE } from '../../istio/api-groups';
import { POD_SECURITY } from '../../istio/labels';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

export const refusedInit = rule({
  code: 'MESH141',
  level: 'warning',
  title: 'sidecars that their namespace refuses without the CNI agent',
  compares: [{ kinds: [`${CORE}/Namespace`], fields: fieldPaths(['metadata labels'], [POD_SECURITY]) }],

  check(model, report) {
    if (model.cni) return;
    const cluster = clusterOf(model);
    const withSidecars = new Set(workloadsOf(cluster).flatMap(({ namespaceName, proxy }) => (proxy.routesForPods ? [namespaceName] : [])));
    for (const object of objectsOf(cluster, CORE, 'Namespace').filter(({ name }) => withSidecars.has(name))) {
      const level = labelsOfObject(object)[POD_SECURITY];
      if (level !== 'restricted' && level !== 'baseline') continue;
      report({
        on: object,
        message: `${nameOf(object)} takes ${level} pods only, and without its CNI agent Istio adds a container to each that may change its network (NET_ADMIN, NET_RAW, root): no pod starts`,
        got: `${POD_SECURITY}: ${level}`,
        fix: 'say cni: true on the Mesh where the agent runs, or leave podSecurity out',
        yamlFix:
          'install the CNI agent of Istio, and pass this over with a comment that says why (# istio-constructs-ignore) where it runs; or lower the level of the Namespace',
      });
    }
  },
});
