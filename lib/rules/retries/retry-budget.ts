import { NETWORKING } from '../../istio/api-groups';
import type { RouteModel } from '../../model/mesh-model';
import type { RouteFeatures } from '../../model/route-features';
import { fieldsOf, numberOf } from '../../cluster/objects/fields';
import { rawRoutes } from '../raw-routes';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

export const retryBudget = rule({
  code: 'MESH305',
  level: 'error',
  title: 'retries do not fit into the timeout',
  compares: [
    {
      kinds: [`${NETWORKING}/VirtualService`],
      fields: fieldPaths(['spec http'], ['timeout', 'retries attempts', 'retries perTryTimeout']),
      together: true,
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
        fix: FIX,
      });
    }
    for (const { object, title, route } of rawRoutes(model, ['http'])) {
      const { attempts, perTryTimeout } = fieldsOf(route.retries);
      const budget = { attempts: numberOf(attempts), perTry: tryMilliseconds(perTryTimeout), timeout: tryMilliseconds(route.timeout) };
      if (!isImpossible(budget)) continue;
      report({
        on: object,
        message: `the last retries of ${title} can never happen: the timeout ends first`,
        got: sumText(budget),
        fix: FIX,
      });
    }
  },
});

const FIX = 'raise the timeout, or lower attempts or perTryTimeout: (1 + attempts) x perTryTimeout must fit into the timeout';

interface Budget {
  readonly attempts?: number;
  readonly perTry?: number;
  readonly timeout?: number;
}

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

// A timeout of 0s means none.
function isImpossible({ attempts = 0, perTry = 0, timeout = 0 }: Budget): boolean {
  return attempts > 0 && timeout > 0 && (1 + attempts) * perTry > timeout;
}

function sumText({ attempts = 0, perTry = 0, timeout = 0 }: Budget): string {
  return `(1 + ${attempts}) x ${secondsText(perTry)} = ${secondsText((1 + attempts) * perTry)} > ${secondsText(timeout)}`;
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 0.001, ns: 0.000001 };

/** Milliseconds of a duration such as `1.5s` or `1m30s`; absent for anything else. */
function tryMilliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/.test(value)) return undefined;
  const parts = value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}

/** `1500` as `1.5s`. */
function secondsText(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}
