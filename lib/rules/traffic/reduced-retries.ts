import { areSafe, SAFE_METHODS, safeConditions } from '../../model/retry-safety';
import { rule } from '../rule';

export const reducedRetries = rule({
  code: 'MESH306',
  level: 'info',
  title: 'fewer retries for methods that are not safe to repeat',

  check(model, report) {
    for (const route of model.routes) {
      const { retries, service } = route;
      if (!retries || retries.attempts === 0 || retries.idempotent || areSafe(retries.conditions)) continue;
      const kept = safeConditions(retries.conditions);
      report({
        on: route,
        message: `${service.name}: ${SAFE_METHODS.join(', ')} are retried as configured; other methods ${
          kept.length > 0 ? `only on ${kept.join(', ')}, when nothing can have been processed yet` : 'are not retried'
        }`,
        got: retries.conditions.join(', '),
        fix: 'set idempotent: true if it does no harm to process any request twice',
      });
    }
  },
});
