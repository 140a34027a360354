import type { Cluster } from '../../cluster/cluster';
import { fieldsOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { rule } from '../rule';

const KEDA = 'keda.sh';
const AUTOSCALING = 'autoscaling';
const SCALERS = [`${KEDA}/ScaledObject`, `${AUTOSCALING}/HorizontalPodAutoscaler`];
const TARGET = ['spec scaleTargetRef kind', 'spec scaleTargetRef name'];

export const twoScalers = rule({
  code: 'MESH128',
  level: 'warning',
  title: 'number of pods that two say',
  compares: [
    { kinds: SCALERS, fields: ['metadata namespace', ...TARGET], made: false },
    { kinds: ['apps/Deployment', 'apps/StatefulSet'], fields: ['metadata name', 'metadata namespace', 'spec replicas'], made: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const scalers = byOwner([...objectsOf(cluster, KEDA, 'ScaledObject'), ...objectsOf(cluster, AUTOSCALING, 'HorizontalPodAutoscaler')]);
    for (const scaler of scalers.filter(({ made }) => !made)) {
      const workload = targetOf(cluster, scaler);
      if (!workload?.made) continue;
      const replicas = numberOf(specOf(workload).replicas);
      const first = scalers.find((other) => other !== scaler && targetOf(cluster, other) === workload);
      const other = replicas === undefined ? first?.made && nameOf(first) : `replicas: ${replicas}`;
      if (!other) continue;
      report({
        on: scaler,
        message: `${nameOf(scaler)} says how many pods ${nameOf(workload)} has, and so does somebody else: each undoes the other's word`,
        got: other,
        fix: `set scaledBy: '${scaler.kind === 'ScaledObject' ? 'KEDA' : scaler.name}' where ${nameOf(workload)} is declared, in place of replicas and autoscaling`,
      });
    }
  },
});

/** The workload that it scales; KEDA takes a Deployment where no kind is said. */
function targetOf(cluster: Cluster, scaler: ManifestObject): ManifestObject | undefined {
  const reference = fieldsOf(valueAt(specOf(scaler), 'scaleTargetRef'));
  const kind = textOf(reference.kind) ?? 'Deployment';
  const name = textOf(reference.name);
  return objectsOf(cluster, 'apps', kind).find((one) => one.name === name && namespaceOf(one) === namespaceOf(scaler));
}
