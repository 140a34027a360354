import { NETWORKING } from '../../istio/api-groups';
import { fieldsOf, numberOf } from '../../cluster/objects/fields';
import { fieldPaths } from '../comparison';
import { rawRoutes } from '../raw-routes';
import { rule } from '../rule';
import { isImpossible, sumText, tryMilliseconds } from './budgets/budget';

export const cutRetries = rule({
  code: 'MESH292',
  level: 'warning',
  title: 'retries that a timeout cuts off',
  compares: [
    {
      kinds: [`${NETWORKING}/VirtualService`],
      fields: fieldPaths(['spec http'], ['timeout', 'retries attempts', 'retries perTryTimeout']),
      together: true,
      made: false,
    },
  ],

  check(model, report) {
    for (const { object, title, route } of rawRoutes(model, ['http'])) {
      const { attempts, perTryTimeout } = fieldsOf(route.retries);
      const budget = { attempts: numberOf(attempts), perTry: tryMilliseconds(perTryTimeout), timeout: tryMilliseconds(route.timeout) };
      if (!isImpossible(budget)) continue;
      const whole = Math.floor(budget.timeout! / budget.perTry!);
      report({
        on: object,
        message: `the timeout of ${title} ends before all tries have had their time: where a server is slow, ${whole} of ${1 + budget.attempts!} have it`,
        got: sumText(budget),
        fix: 'raise the timeout, or lower attempts or perTryTimeout, so that (1 + attempts) x perTryTimeout fits into the timeout',
      });
    }
  },
});
