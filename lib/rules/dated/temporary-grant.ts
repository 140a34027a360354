import { isOver } from '../../support/dates/day';
import { grantText } from '../call-words';
import { rule } from '../rule';

export const temporaryGrant = rule({
  code: 'MESH252',
  level: 'warning',
  title: 'access for a time',

  check({ calls, today }, report) {
    for (const call of calls) {
      if (call.until === undefined || isOver(call.until, today)) continue;
      report({
        on: call,
        message: `${grantText(call)} until ${call.until}; from the next day on it is an error`,
        got: `reason: ${call.reason}`,
        fix: 'take it out when the reason is over; until then acknowledge the finding',
      });
    }
  },
});
