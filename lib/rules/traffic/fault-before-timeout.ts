import type { FaultModel, RouteModel } from '../../model/mesh-model';
import { rule } from '../rule';

export const faultBeforeTimeout = rule({
  code: 'MESH318',
  level: 'info',
  title: 'no timeout cuts a fault off, and no retry repeats it',

  check(model, report) {
    for (const route of model.routes) {
      const { name } = route.service;
      for (const { said, spared } of sparedFaults(route)) {
        report({
          on: said,
          message: `the fault of ${name} comes before anything is sent on, so ${spared.join(' and ')}; what is sent on keeps both`,
          fix: `nothing, if callers shall see the fault as it is; to see timeout and retries of ${name} at work, make the fault in a service that ${name} calls`,
        });
      }
    }
  },
});

function sparedFaults(route: RouteModel): Array<{ said: FaultModel; spared: string[] }> {
  return route.faults.map((said) => ({ said, spared: sparedBy(route, said) })).filter(({ spared }) => spared.length > 0);
}

// Envoy's filter for faults stands before its router, which keeps the time and tries again.
function sparedBy(route: RouteModel, { fault }: FaultModel): string[] {
  const parts = route.rules.length > 0 ? route.rules : [route];
  const about = parts.filter((part) => (part.fault ?? route.fault) === fault);
  const isTimedAtPort = route.service.ports.some(({ timeoutMs }) => timeoutMs);
  const isTimed =
    isTimedAtPort || about.some(({ timeoutMs = route.timeoutMs, retries = route.retries }) => timeoutMs ?? retries?.perTryTimeoutMs);
  const isRetried = about.some(({ retries = route.retries }) => retries !== undefined && retries.attempts !== 0);
  return [
    ...(fault.delay && isTimed ? ['no timeout counts its delay'] : []),
    ...(fault.abort && isRetried ? ['nobody retries its abort'] : []),
  ];
}
