import { areSafe, SAFE_METHODS, safeConditions } from '../../model/retry-safety';
import type { Retries, RouteRule, RouteTable } from '../../model/route';

/** One route with all that holds for it. */
export interface RouteEntry extends Omit<RouteRule, 'name'> {
  readonly name?: string;
  /** Limits the route to these methods. */
  readonly methods?: readonly string[];
  readonly retries?: Pick<Retries, 'attempts' | 'perTryTimeoutMs' | 'conditions'>;
}

/**
 * The routes of a table in the order in which they are tried. Where retries could process a request twice, each route becomes two:
 * one for methods that bear it, one for the rest with only what proves that nothing was processed.
 */
export function routeEntries(table: RouteTable): RouteEntry[] {
  const rules = table.rules.length > 0 ? table.rules : [{ name: undefined, matches: [], backends: [] }];
  return rules.flatMap((rule) => withRetries(rule, table.retries));
}

function withRetries(rule: Omit<RouteEntry, 'methods' | 'retries'>, retries: Retries | undefined): RouteEntry[] {
  if (!retries) return [rule];
  if (retries.attempts === 0) return [{ ...rule, retries: { attempts: 0, conditions: [] } }];
  if (retries.idempotent || areSafe(retries.conditions)) return [{ ...rule, retries }];

  const kept = safeConditions(retries.conditions);
  // Nothing left still has to be said: without it Istio's own two retries come back.
  const rest = kept.length > 0 ? { ...retries, conditions: kept } : { attempts: 0, conditions: [] };
  return [
    { ...rule, name: joined(rule.name, 'idempotent'), methods: SAFE_METHODS, retries },
    { ...rule, name: joined(rule.name, 'other-methods'), retries: rest },
  ];
}

function joined(name: string | undefined, suffix: string): string {
  return name === undefined ? suffix : `${name}-${suffix}`;
}
