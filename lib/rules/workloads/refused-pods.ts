import { labelsOfNamespace } from '../../cluster/workloads/namespaces';
import { brokenDemands, type Standard } from '../../cluster/workloads/pod-standards';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { nameOf } from '../../cluster/objects/manifest-object';
import { CORE } from '../../istio/api-groups';
import { POD_SECURITY } from '../../istio/labels';
import { clusterOf } from '../cluster-of';
import { fieldPaths, WORKLOADS } from '../comparison';
import { rule } from '../rule';

const STANDARDS: readonly string[] = ['restricted', 'baseline'] satisfies Standard[];

export const refusedPods = rule({
  code: 'MESH140',
  level: 'error',
  title: 'pods that their namespace refuses',
  compares: [
    { kinds: [`${CORE}/Namespace`], fields: fieldPaths(['metadata labels'], [POD_SECURITY]), sought: true },
    { kinds: WORKLOADS, fields: ['spec template spec securityContext'] },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const { object, namespaceName, spec, isOutside } of workloadsOf(cluster)) {
      const level = labelsOfNamespace(cluster, namespaceName)[POD_SECURITY];
      if (isOutside || !isStandard(level)) continue;
      const broken = brokenDemands(spec, level);
      if (broken.length === 0) continue;
      report({
        on: object,
        message: `Kubernetes makes no pods of ${nameOf(object)}: namespace ${namespaceName} takes ${level} ones only`,
        got: broken.join(', '),
        fix: 'say in the securityContext of the pods what is missing, or set podSecurity: PodSecurity.baseline({ reason }) on the namespace',
        yamlFix: 'write in the securityContext of the pods what is missing, or lower the level of the Namespace',
      });
    }
  },
});

function isStandard(level: string | undefined): level is Standard {
  return level !== undefined && STANDARDS.includes(level);
}
