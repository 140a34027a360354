import { partyText, pathText, sayersText } from '../call-words';
import { rule } from '../rule';

export const mixedLimit = rule({
  code: 'MESH338',
  level: 'warning',
  title: 'limit that counts more requests than it names, for a route makes their paths alike',

  check(model, report) {
    for (const limit of model.limits) {
      if (limit.owner.kind !== 'service' || limit.others.length === 0) continue;
      report({
        on: limit,
        message: `${limit.path} limits requests to ${pathText([limit.said])} of ${partyText(limit.owner)}, whose path ${sayersText(limit.by)} rewrites: the sidecar that counts sees them as ${pathText(limit.seen)}, and counts what is sent to ${pathText(limit.others)} with them`,
        got: `a limit by ${pathText([limit.said])}, seen as ${pathText(limit.seen)}`,
        fix: `where all these requests are meant match ${pathText(limit.seen.filter(({ value }) => value !== limit.said.value))}, as the sidecar sees them; else match a header that the route sets, or limit at the gateway that they come through`,
      });
    }
  },
});
