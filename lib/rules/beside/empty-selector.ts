import { NETWORKING } from '../../istio/api-groups';
import { isEmpty, isSaid } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { servicesOf } from '../../cluster/services/services';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const emptySelector = rule({
  code: 'MESH317',
  level: 'error',
  title: 'ServiceEntry with an empty workloadSelector',
  compares: [{ kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec workloadSelector labels'], made: false }],

  check(model, report) {
    const entries = servicesOf(clusterOf(model)).filter((one) => one.kind === 'ServiceEntry' && isRaw(one));
    for (const { object, namespaceName, selector } of entries) {
      if (!isSaid(specOf(object).workloadSelector) || !isEmpty(selector)) continue;
      report({
        on: object,
        message: `${nameOf(object)} has a workloadSelector without labels: before Istio 1.31.1 its host leads to every workload of namespace ${namespaceName}`,
        got: 'no labels',
        fix: 'write the labels of the workloads that are meant; for a host outside leave workloadSelector out',
      });
    }
  },
});
