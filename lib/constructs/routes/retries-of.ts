import type { IConstruct } from 'constructs';
import { SAFE_CONDITIONS } from '../../model/retry-safety';
import type { Retries, RetryBudgetFacts } from '../../model/route-features';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import type { RetryBudget, RetryPolicy } from '../../values/traffic/retry-policy';
import { optionalMilliseconds } from '../../support/bounds/milliseconds';

/** Retries as they go into a route. */
export function retriesOf(at: IConstruct, policy: RetryPolicy | undefined): Retries | undefined {
  if (!policy) return undefined;
  const conditions = [...new Set([...(policy.on ?? SAFE_CONDITIONS), ...(policy.onStatus ?? []).map((status) => statusOf(at, status))])];
  if (conditions.length === 0) {
    throw new MeshError({
      code: 'MESH017',
      at,
      what: 'retries name at least one condition',
      got: 'on: []',
      fix: 'leave `on` out for the safe ones, or set attempts to 0',
    });
  }
  return {
    attempts: requireCount(at, 'attempts', policy.attempts, 0),
    perTryTimeoutMs: optionalMilliseconds(at, 'perTryTimeout', policy.perTryTimeout),
    conditions,
    idempotent: policy.idempotent ?? false,
    backoffMs: optionalMilliseconds(at, 'backoff', policy.backoff),
    ignorePreviousHosts: policy.ignorePreviousHosts,
    remoteLocalities: policy.remoteLocalities,
  };
}

// Istio takes a number for a status only where it knows its name, and HTTPRoute none below 400.
const UNKNOWN = [419, 420, 427, 430, 509];
const MOST = { 4: 431, 5: 511 } as const;

function statusOf(at: IConstruct, status: number): string {
  const most = MOST[Math.floor(status / 100) as 4 | 5];
  const isKnown = Number.isInteger(status) && (status <= most || status === 451) && !UNKNOWN.includes(status);
  if (isKnown) return String(status);
  throw new MeshError({
    code: 'MESH701',
    at,
    what: 'onStatus names statuses of failed requests, from 400 to 599, that HTTP knows',
    got: status,
    fix: 'name them one by one, such as 503; for all from 500 on there is RetryCondition.SERVER_ERROR',
  });
}

/** How many requests at a time may be retries. */
export function retryBudgetOf(at: IConstruct, budget: RetryBudget | undefined): RetryBudgetFacts | undefined {
  if (!budget) return undefined;
  const { percent, minConcurrency, interval } = budget;
  if (percent === undefined && minConcurrency === undefined && interval === undefined) {
    throw new MeshError({
      code: 'MESH702',
      at,
      what: 'a retry budget says a share, a number at a time or an interval',
      got: '{}',
      fix: 'set percent, for example to 20',
    });
  }
  return {
    percent: percent === undefined ? undefined : requireCount(at, 'percent', percent, 0, 100),
    minConcurrency: minConcurrency === undefined ? undefined : requireCount(at, 'minConcurrency', minConcurrency, 1),
    intervalMs: optionalMilliseconds(at, 'interval', interval),
  };
}
