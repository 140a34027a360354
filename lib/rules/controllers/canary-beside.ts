import { FLAGGER } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { rule } from '../rule';
import { madeNamed, serviceOfWorkload } from './targets/workload-of';

export const canaryBeside = rule({
  code: 'MESH340',
  level: 'error',
  title: 'a Canary of Flagger takes over what a service makes',
  compares: [
    { kinds: [`${FLAGGER}/Canary`], fields: ['metadata namespace', 'spec targetRef', 'spec service name'], made: false },
    { kinds: WORKLOADS, fields: [...NAME, POD_LABELS] },
  ],

  check(model, report) {
    for (const canary of objectsOf(clusterOf(model), FLAGGER, 'Canary')) {
      if (canary.made) continue;
      const target = textOf(valueAt(specOf(canary), 'targetRef', 'name')) ?? '';
      const service = serviceOfWorkload(model, canary, textOf(valueAt(specOf(canary), 'targetRef', 'kind')) ?? '', target);
      const taken = takenBy(model, canary, target);
      if (!service && taken.length === 0) continue;
      report({
        on: canary,
        message: service
          ? `${nameOf(canary)} has Flagger make primary pods of ${service.name} with another label app, which no policy of ${service.name} picks: every call to them is refused`
          : `${nameOf(canary)} has Flagger write what this program writes too`,
        got: [`target ${target}`, ...taken.map(nameOf)].join(', '),
        fix: `drop the Canary, and set releaseController: ReleaseController.flagger({…}) on ${service?.name ?? 'the service'}`,
      });
    }
  },
});

/** What Flagger would write, and this program does. */
function takenBy(model: MeshModel, canary: ManifestObject, target: string): ManifestObject[] {
  const apex = textOf(valueAt(specOf(canary), 'service', 'name')) ?? target;
  const names = { Service: [apex, `${apex}-primary`, `${apex}-canary`], VirtualService: [apex], HTTPRoute: [apex] };
  return Object.entries(names).flatMap(([kind, some]) => madeNamed(model, namespaceOf(canary), kind, some));
}
