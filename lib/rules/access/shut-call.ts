import { nameOf } from '../../cluster/objects/manifest-object';
import { isForeign } from '../../inquiry/touched';
import { SECURITY, NETWORKING } from '../../istio/api-groups';
import type { Decision } from '../../verdict/decide';
import type { Declared } from '../../model/declared';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { inquiryOf, shutCalls } from '../inquiries';
import { rule } from '../rule';

export const shutCall = rule({
  code: 'MESH223',
  level: 'error',
  title: 'a declared call that is refused',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`, `${SECURITY}/PeerAuthentication`, `${NETWORKING}/DestinationRule`],
      fields: ['spec'],
      sought: true,
    },
  ],

  check(model, report) {
    const byPlace = groupedBy(shutCalls(model), ({ call, decision: { object } }): Declared =>
      object && isForeign(object) ? object : call,
    );
    for (const [on, [{ call, decision }, ...others]] of byPlace) {
      const more = others.length > 0 ? `; so ${others.length === 1 ? 'is another call' : `are ${others.length} other calls`}` : '';
      report({
        on,
        message: `${partyText(call.caller)} may call ${partyText(call.callee)} by what the program says, and is refused by what is written${more}`,
        got: `${refusalText(decision)}${besideText(model, call, decision)}`,
        fix: 'undo what was written or patched beside the constructs: labels, accounts, ports, policies, routes; or remove the call',
      });
    }
  },
});

function refusalText({ by, object, trail }: Decision): string {
  // An address is the verdict's own; who was meant is said already.
  const place = trail
    .map(({ at }) => at)
    .filter((at) => at.includes(' '))
    .at(-1);
  return `refused by ${object ? nameOf(object) : by}${place ? ` at ${place}` : ''}`;
}

/** What is not as a construct wrote it, where it is not the refusal itself. */
function besideText(model: MeshModel, { caller, callee }: CallModel, { object }: Decision): string {
  const { touched } = inquiryOf(model);
  if (object && isForeign(object)) return '';
  const changed = [...new Set([...touched.objectsFor(caller), ...touched.objectsFor(callee)])].map(nameOf);
  return changed.length > 0 ? `; not as a construct wrote it: ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ', …' : ''}` : '';
}
