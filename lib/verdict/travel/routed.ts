import { portOf } from '../../cluster/services/services';
import { type Called, DEFAULT_RETRIES, type Destination, pathSent, ruleFor, type RouteTable, straightTo } from '../routes/route-table';
import type { RequestLine } from '../requests/request';
import { type Leg, legOf, type Refusal } from './plan';

/** What a proxy makes of a request: where it sends it, that it answers itself, or that nobody can tell. */
export interface Routed {
  readonly leg?: Leg;
  readonly destinations: readonly Destination[];
  /** What it sends on, where that is not what was asked for. */
  readonly path?: string;
  readonly refusal?: Refusal;
  readonly unknown?: string;
}

/** Takes the first rule that matches. Where nobody said anything, the service that was called is meant; where no rule matches, nobody is. */
export function routed(at: string, table: RouteTable, line: RequestLine, { service, host, port }: Called): Routed {
  const { rule, unknown } = ruleFor(table, line);
  if (unknown !== undefined) return { destinations: [], unknown };
  const [first] = table.rules;
  if (!first) {
    const retries = portOf(service, port)?.isHttp ? DEFAULT_RETRIES : undefined;
    return { leg: { at, retries }, destinations: [{ ...straightTo(service, port), host }] };
  }
  if (rule && rule.destinations.length > 0) {
    const sent = pathSent(rule, line);
    return sent.unknown === undefined ? { leg: legOf(at, rule), destinations: rule.destinations, ...sent } : { destinations: [], ...sent };
  }
  const { by, object } = rule ?? first;
  return { destinations: [], refusal: { layer: 'routing', by, object } };
}
