import { nameOf } from '../../cluster/objects/manifest-object';
import { isForeign } from '../../inquiry/touched';
import { SECURITY, NETWORKING } from '../../istio/api-groups';
import type { Decision } from '../../verdict/decide';
import type { Declared } from '../../model/declared';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { shutCalls } from '../inquiries';
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
      const more = others.length > 0 ? `, as ${others.length} other calls are` : '';
      report({
        on,
        message: `${partyText(call.caller)} may call ${partyText(call.callee)} by what the program says, and is refused by what is written${more}`,
        got: refusalText(decision),
        fix: 'undo what was written or patched beside the constructs: labels, accounts, ports, policies, routes; or remove the call',
      });
    }
  },
});

function refusalText({ by, object, trail }: Decision): string {
  const place = trail.at(-1)?.at;
  return `refused by ${object ? nameOf(object) : by}${place ? ` at ${place}` : ''}`;
}
