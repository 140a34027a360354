import type { Labels } from '../../cluster/objects/fields';
import type { HeaderChanges } from '../../cluster/routes/changes/header-changes';
import type { RouteFault } from '../../cluster/routes/changes/route-fault';
import type { MeshService } from '../../cluster/services/services';
import type { ManifestObject } from '../../model/mesh-model';
import type { Maybe } from '../decision/three-valued';
import type { RequestLine } from '../requests/request';
import type { Addressed, ProxyAnswer } from './proxy-answer';

/** What is called: a service by one of its hosts. */
export interface Called {
  readonly service: MeshService;
  readonly host: string;
  readonly port: number;
}

/** The table by which a proxy routes; the first rule that matches is taken. */
export interface RouteTable {
  readonly rules: readonly RouteRule[];
  /** Why nobody can tell which rules there are. */
  readonly unknown?: string;
}

export interface RouteRule {
  /** The object it stands in, and its own name if it has one. */
  readonly by: string;
  readonly object: ManifestObject;
  readonly name?: string;
  matches(line: RequestLine): Maybe;
  /** The fields by which nobody can tell whether it does: `uri`, `header x-user`. */
  unclear?(line: RequestLine): string[];
  readonly destinations: readonly Destination[];
  readonly timeout?: string;
  readonly retries?: Retries;
  /** The path that is sent on for one that was asked for, where it may be another; undefined where nobody can tell. */
  readonly rewrite?: (path: string) => string | undefined;
  /** The host that is sent on in place of the one that was asked for. */
  readonly host?: string;
  readonly headers?: HeaderChanges;
  /** Comes before all else that the rule says. */
  readonly fault?: RouteFault;
  /** What the proxy says by itself, in place of sending requests anywhere; undefined where nobody can tell. */
  readonly answer?: (asked: Addressed) => ProxyAnswer | undefined;
}

export interface Destination {
  readonly host: string;
  /** Undefined where the route leads to nothing that exists, or to what it may not name. */
  readonly service?: MeshService;
  readonly port: number;
  readonly subset?: string;
  /** What the pods of the subset carry; undefined for all pods of the service. */
  readonly labels?: Labels;
  readonly weight: number;
  /** What is done to requests that go there, besides what the rule does to all. */
  readonly headers?: HeaderChanges;
}

export interface Retries {
  readonly attempts: number;
  readonly perTryTimeout?: string;
  readonly retryOn?: string;
}

/** What Istio does when nobody has said anything about retries. */
export const DEFAULT_RETRIES: Retries = {
  attempts: 2,
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
};

/** Nobody said anything. */
export const NO_ROUTES: RouteTable = { rules: [] };

/** The rule that a request takes: none where no rule matches; and why nobody can tell, where that depends on words that are not known here. */
export function ruleFor({ rules, unknown }: RouteTable, line: RequestLine): { readonly rule?: RouteRule; readonly unknown?: string } {
  if (unknown !== undefined) return { unknown };
  const rule = rules.find((one) => one.matches(line) !== false);
  if (!rule || rule.matches(line) !== undefined) return { rule };
  const fields = rule.unclear?.(line) ?? [];
  return { unknown: `${rule.by} asks for what is not known here${fields.length > 0 ? `, by ${fields.join(' and ')}` : ''}` };
}

/** Where a request goes that no table speaks of: to all pods of the service that was called. */
export function straightTo(service: MeshService, port: number): Destination {
  return { host: service.hosts[0], service, port, weight: 1 };
}

/** Each destination with its share of the whole; weights count against each other, whatever they sum to. */
export function shares<To extends Destination>(destinations: readonly To[]): { readonly destination: To; readonly share: number }[] {
  const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
  return destinations.map((destination) => ({ destination, share: total === 0 ? 0 : destination.weight / total }));
}
