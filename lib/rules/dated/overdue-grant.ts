import { isOver } from '../../support/dates/day';
import { grantText } from '../call-words';
import { rule } from '../rule';

export const overdueGrant = rule({
  code: 'MESH253',
  level: 'error',
  title: 'access for a time that is over',

  check({ calls, today }, report) {
    for (const call of calls) {
      if (call.until === undefined || !isOver(call.until, today)) continue;
      report({
        on: call,
        message: `${grantText(call)} until ${call.until}, and it is ${today}`,
        got: `reason: ${call.reason}`,
        fix: 'take it out; or, where the reason still holds, say a later day in until',
      });
    }
  },
});
