import { safeConditions, speaksGrpc } from '../../model/retry-safety';
import { rule } from '../rule';

export const noGrpcRetries = rule({
  code: 'MESH315',
  level: 'warning',
  title: 'gRPC requests are not retried at all',

  check(model, report) {
    for (const route of model.routes) {
      const { retries, service } = route;
      const isReduced = retries !== undefined && retries.attempts > 0 && !retries.idempotent;
      if (!isReduced || !service.ports.some(speaksGrpc) || safeConditions(retries.conditions).length > 0) continue;
      report({
        on: route,
        message: `${service.name}: every gRPC request is a POST, and none of these conditions proves that it was not processed, so none is retried, not even on Istio's own conditions`,
        got: retries.conditions.join(', '),
        fix: 'set idempotent: true if it does no harm to process any request twice; or add RetryCondition.CONNECT_FAILURE, REFUSED_STREAM or RESET_BEFORE_REQUEST',
      });
    }
  },
});
