import { groupOf, nameOf } from '../../cluster/objects/manifest-object';
import { workloadsWith } from '../../cluster/workloads/workloads';
import { isForeign } from '../../inquiry/touched';
import type { Opening } from '../../inquiry/openings';
import { SECURITY, NETWORKING } from '../../istio/api-groups';
import type { Declared } from '../../model/declared';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { isRaw } from '../owners';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { inquiryOf, openings } from '../inquiries';
import { rule } from '../rule';

export const openedWay = rule({
  code: 'MESH222',
  level: 'error',
  title: 'a service is open to somebody whom nothing in the program allows',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`, `${SECURITY}/PeerAuthentication`, `${NETWORKING}/EnvoyFilter`],
      fields: ['spec'],
      sought: true,
    },
  ],

  check(model, report) {
    const byCause = groupedBy(ownOpenings(model), (opening): Declared => {
      const causes = causesOf(model, opening);
      return causes.length === 1 ? causes[0] : opening.service;
    });
    for (const [on, [opening, ...others]] of byCause) {
      const { service, stranger, decision } = opening;
      const more = others.length > 0 ? `; so ${others.length === 1 ? 'is another service' : `are ${others.length} other services`}` : '';
      report({
        on,
        message: `${partyText(service)} is closed to ${stranger.name} by what the program says, and open to it by what is written: ${byText(causesOf(model, opening))}${more}`,
        got: `${requestText(opening)} arrives${decision.object ? `, let in by ${nameOf(decision.object)}` : ', and nothing refuses it'}`,
        fix: 'undo that; who may call is said by access.allow, and by access.allowAnyone where everybody may',
      });
    }
  },
});

/** One for each service; a raw Service beside its own is MESH213's. */
function ownOpenings(model: MeshModel): Opening[] {
  const own = openings(model).filter(({ door }) => !door.service || !isRaw(door.service));
  return [...groupedBy(own, ({ service }) => service.key).values()].map(([first]) => first);
}

/** The object that lets it in; or, where nothing refuses any more, whatever is not as a construct wrote it. */
function causesOf(model: MeshModel, { service, decision }: Opening): readonly ManifestObject[] {
  const { object } = decision;
  if (object && isForeign(object)) return [object];
  const changed = inquiryOf(model).touched.objectsFor(service);
  const policies = changed.filter((one) => groupOf(one) === SECURITY || one.kind === 'Namespace' || one.kind === 'Gateway');
  const told = policies.length > 0 ? policies : changed;
  return told.length > 0 ? told : podsOf(model, service);
}

/** Whose annotations keep connections from the proxy, or who runs them as somebody else. */
function podsOf(model: MeshModel, { namespaceName, podLabels = {} }: Opening['service']): readonly ManifestObject[] {
  return workloadsWith(clusterOf(model), namespaceName, podLabels).map(({ object }) => object);
}

function byText(causes: readonly ManifestObject[]): string {
  return causes.slice(0, 3).map(nameOf).join(', ');
}

function requestText({ door, line, stranger }: Opening): string {
  const words = line.method ? `${line.method} ${line.path}` : 'a connection';
  return `${words} from ${stranger.name} to ${door.name}`;
}
