import type { RouteModel } from '../../model/mesh-model';
import { areSafe, SAFE_METHODS, safeConditions, speaksGrpc } from '../../model/retry-safety';
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
      // That nothing is left for gRPC is told by another rule, and louder.
      if (kept.length === 0 && !hasOtherPorts(route)) continue;
      const others = kept.length > 0 ? `only on ${kept.join(', ')}, when nothing can have been processed yet` : 'are not retried';
      const whole = `every gRPC request is a POST and is retried ${others}`;
      report({
        on: route,
        message: `${service.name}: ${hasOtherPorts(route) ? `${SAFE_METHODS.join(', ')} are retried as configured; other methods ${others}` : whole}`,
        got: retries.conditions.join(', '),
        fix: 'set idempotent: true if it does no harm to process any request twice',
      });
    }
  },
});

function hasOtherPorts({ service }: RouteModel): boolean {
  return service.ports.some((port) => port.readsHttp && !speaksGrpc(port));
}
