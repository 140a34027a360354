import { CORE } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { podPort, servicesOver } from '../../cluster/services/endpoints';
import { speechOf } from '../../cluster/services/protocols';
import type { MeshService } from '../../cluster/services/services';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { fieldPaths, POD_LABELS, WORKLOADS } from '../comparison';
import { byOwner } from '../owners';
import { hasSidecars, planeOf } from '../planes';
import { rule } from '../rule';

export const twoSpeeches = rule({
  code: 'MESH122',
  level: 'warning',
  title: 'two Services say different protocols of one port of their pods',
  compares: [
    {
      kinds: [`${CORE}/Service`],
      fields: ['spec selector', ...fieldPaths(['spec ports'], ['name', 'appProtocol', 'targetPort'])],
      pairs: true,
    },
    { kinds: WORKLOADS, fields: [POD_LABELS] },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const told = new Set<ManifestObject>();
    for (const pod of workloadsOf(cluster).filter(({ proxy }) => hasSidecars(planeOf(proxy)))) {
      for (const { first, on, number, said } of rivalsOver(cluster, pod).filter((rivals) => !told.has(rivals.on))) {
        told.add(on);
        report({
          on,
          message: `${nameOf(first)} and ${nameOf(on)} lead to port ${number} of the pods of ${pod.key} and say different protocols of it: the pods' proxy reads what comes in by one of them`,
          got: said,
          fix: 'write the same appProtocol in both',
        });
      }
    }
  },
});

interface Rivals {
  readonly first: ManifestObject;
  readonly on: ManifestObject;
  readonly number: number;
  readonly said: string;
}

function rivalsOver(cluster: Cluster, pod: Workload): Rivals[] {
  const words = servicesOver(cluster, pod).flatMap((service) => wordsOf(service, (port) => podPort(port, pod)));
  return [...groupedBy<Words, number>(words, ({ number }) => number)].flatMap(([number, same]) => {
    const [first, ...others] = byOwner(new Set(same.map(({ object }) => object)));
    const [own] = same.filter(({ object }) => object === first);
    const other = same.find(({ object, speech }) => others.includes(object) && !object.made && speech !== own.speech);
    return other ? [{ first, on: other.object, number, said: `${own.said} and ${other.said}` }] : [];
  });
}

interface Words {
  readonly object: ManifestObject;
  readonly number: number;
  readonly speech: string;
  readonly said: string;
}

// Of a port that says nothing, MESH105 tells.
function wordsOf({ object, ports }: MeshService, numberOf: (port: MeshService['ports'][number]) => number | undefined): Words[] {
  return ports.flatMap((port) => {
    const [number, speech] = [numberOf(port), speechOf(port)];
    if (number === undefined || speech === 'guessed' || port.protocol !== 'TCP') return [];
    return [{ object, number, speech, said: port.appProtocol ?? port.name ?? `port ${port.number}` }];
  });
}
