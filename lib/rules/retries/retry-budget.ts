import { NETWORKING } from '../../istio/api-groups';
import type { RouteModel } from '../../model/mesh-model';
import type { RouteFeatures } from '../../model/route-features';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';
import { type Budget, isImpossible, sumText } from './budgets/budget';

export const retryBudget = rule({
  code: 'MESH305',
  level: 'error',
  title: 'retries do not fit into the timeout',
  compares: [
    {
      kinds: [`${NETWORKING}/VirtualService`],
      fields: fieldPaths(['spec http'], ['timeout', 'retries attempts', 'retries perTryTimeout']),
      together: true,
      made: true,
    },
  ],

  check(model, report) {
    for (const route of model.routes) {
      const budget = [undefined, ...route.rules].map((said) => budgetOf(route, said)).find(isImpossible);
      if (!budget) continue;
      report({
        on: route,
        message: `the last retries of ${route.service.name} can never happen: the timeout ends first`,
        got: sumText(budget),
        fix: 'raise the timeout, or lower attempts or perTryTimeout: (1 + attempts) x perTryTimeout must fit into the timeout',
      });
    }
  },
});

/** Of the whole service, or of one of its rules: what the rule does not say is as for the service. */
function budgetOf(route: RouteModel, said: RouteFeatures | undefined): Budget {
  const retries = said?.retries ?? route.retries;
  return { attempts: retries?.attempts, perTry: retries?.perTryTimeoutMs, timeout: said?.timeoutMs ?? shortestOf(route) };
}

/** Every port that says nothing has the time of the whole service. */
function shortestOf({ timeoutMs = 0, service }: RouteModel): number {
  const limits = service.ports.filter(({ readsHttp }) => readsHttp).map((port) => port.timeoutMs ?? timeoutMs);
  return Math.min(...limits.map((limit) => limit || Infinity));
}
