import { isOver } from '../../support/dates/day';
import { weakenedText } from '../mtls/words/weakened';
import { rule } from '../rule';

export const overdueMigration = rule({
  code: 'MESH255',
  level: 'error',
  title: 'migration to mutual TLS that is over',

  check({ weakenings, today }, report) {
    for (const said of weakenings) {
      if (said.until === undefined || !isOver(said.until, today)) continue;
      report({
        on: said,
        message: `${weakenedText(said)} takes callers without mutual TLS until ${said.until}, and it is ${today}`,
        got: `reason: ${said.reason ?? 'none given'}`,
        fix: 'set MTls.STRICT; or, where callers are still outside the mesh, say a later day in until',
      });
    }
  },
});
