import { CORE, NETWORKING } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { clusterOf } from '../cluster-of';
import { NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { isRaw } from '../owners';
import { isNamed, podlessSubsets } from '../traffic/subsets/podless-subsets';
import { rule } from '../rule';

export const podlessSubset = rule({
  code: 'MESH353',
  level: 'warning',
  title: 'subsets without pods that no route names',
  compares: [
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', 'spec subsets labels'], made: false },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector'], sought: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of destinationRules(cluster).filter(isRaw)) {
      const unused = podlessSubsets(cluster, one).filter(({ name }) => !isNamed(cluster, one.host, name));
      if (unused.length === 0) continue;
      report({
        on: one.object,
        field: unused[0].field,
        message: `no pod of ${unused[0].service.hosts[0]} has the labels of ${unused.length === 1 ? 'subset' : 'subsets'} ${unused.map(({ name }) => name || '?').join(', ')} in ${nameOf(one.object)}, and no route names ${unused.length === 1 ? 'it' : 'them'} yet: requests would fail with 503`,
        fix: 'remove what is over, or bring the pods before a route that names it',
      });
    }
  },
});
