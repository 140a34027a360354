import { areSafe, SAFE_METHODS, safeConditions } from '../../model/retry-safety';
import { rule } from '../rule';

export const reducedRetries = rule({
  code: 'MESH306',
  level: 'info',
  title: 'fewer retries for methods that must not run twice',

  check(model, report) {
    for (const route of model.routes) {
      const { retries, service } = route;
      if (!retries || retries.attempts === 0 || retries.idempotent || areSafe(retries.conditions)) continue;
      const kept = safeConditions(retries.conditions);
      report({
        on: route,
        message: `${service.name}: ${SAFE_METHODS.join(', ')} are retried as asked; other methods ${
          kept.length > 0 ? `only on ${kept.join(', ')}, which prove that nothing was processed` : 'not at all'
        }`,
        got: retries.conditions.join(', '),
        fix: 'set idempotent: true if every request may be processed twice without harm',
      });
    }
  },
});
