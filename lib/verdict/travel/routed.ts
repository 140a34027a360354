import { portOf } from '../../cluster/services/services';
import { type Called, DEFAULT_RETRIES, type RouteRule, ruleFor, type RouteTable, straightTo } from '../routes/route-table';
import { addressedOf, type HostTarget, lineOf, type Request } from '../requests/request';
import { sendingOf, type SentTo } from '../routes/sent-words';
import { abortedBy, type ProxyAnswer } from '../routes/proxy-answer';
import { type Leg, legOf, type Refusal } from './plan';

/** What a proxy makes of a request: where it sends it, that it answers itself, or that nobody can tell. */
export interface Routed {
  readonly leg?: Leg;
  /** With what it sends on, where that is not what was asked for. */
  readonly destinations: readonly SentTo[];
  readonly refusal?: Refusal;
  readonly unknown?: string;
}

/** What a proxy makes of a request to a service of the mesh: where nobody said anything, the service that was called is meant. */
export function routed(at: string, table: RouteTable, request: Request, { service, host, port }: Called): Routed {
  if (table.unknown !== undefined || table.rules.length > 0) return routedBy(at, table, request, { host, port });
  const retries = portOf(service, port)?.isHttp ? DEFAULT_RETRIES : undefined;
  return { leg: { at, retries }, destinations: [{ ...straightTo(service, port), host }] };
}

/** What it makes of it by the first rule that matches; where none does, it answers itself. */
export function routedBy(at: string, table: RouteTable, request: Request, asked: HostTarget): Routed {
  const { scheme, host } = addressedOf(request, asked);
  const line = { ...lineOf(request), scheme, host };
  const { rule, unknown } = ruleFor(table, line);
  if (unknown !== undefined) return { destinations: [], unknown };
  const aborted = rule && abortedBy(rule.fault);
  if (aborted) return answered(rule, aborted);
  if (rule?.answer) return answered(rule, rule.answer(addressedOf(request, asked)));
  if (!rule || rule.destinations.length === 0) {
    const { by, object } = rule ?? table.rules[0];
    return { destinations: [], refusal: { layer: 'routing', by, object, ...(!rule && NO_ROUTE) } };
  }
  const sending = sendingOf(rule, line);
  return sending.unknown === undefined ? { leg: legOf(at, rule), ...sending } : sending;
}

/** Bytes are matched by every rule, so that what none matches is a request. */
const NO_ROUTE = { answer: { status: 404, why: 'none' } } as const;

function answered({ by, object }: RouteRule, answer: ProxyAnswer | undefined): Routed {
  if (!answer) return { destinations: [], unknown: `${by} redirects in words that are not known here` };
  return { destinations: [], refusal: { layer: 'routing', by, object, answer } };
}
