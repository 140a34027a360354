import { LATER } from '../../support/deferred';
import { nameOf } from '../manifest-reader';
import { rule } from '../rule';
import { waitingChecks } from '../waiting';

export const waitingCheck = rule({
  code: 'MESH313',
  level: 'info',
  title: 'check waits for a value that is known only later',

  check(model, report) {
    for (const { object, comparison, fields } of waitingChecks(model)) {
      const codes = comparison.codes.join(', ');
      const missing = `${fields.join(', ')} of ${nameOf(object)}`;
      report({
        on: object,
        message: comparison.sought
          ? `${codes} says nothing before ${missing} is known: what it misses may be there`
          : `${codes} waits for ${missing}`,
        got: LATER,
        fix: 'nothing, if the value will do; the page of the rule says what it asks',
      });
    }
  },
});
