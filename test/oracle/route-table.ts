import type { Cluster } from './cluster';
import { type Labels, namespaceOf } from './manifest';
import { fullHost } from './registry';
import type { RequestLine } from './request';
import type { MeshService } from './services';

/** One rule of the table by which a proxy routes; the first that matches is taken. */
export interface RouteRule {
  /** The object it stands in, and its own name if it has one. */
  readonly by: string;
  readonly name?: string;
  matches(line: RequestLine): boolean;
  readonly destinations: readonly Destination[];
  readonly timeout?: string;
  readonly retries?: Retries;
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

/** Where a request goes that no table speaks of: to all pods of the service that was called. */
export const straightTo = (service: MeshService, port: number): Destination => ({
  host: service.hosts[0],
  service,
  port,
  weight: 1,
});

/** The pods' labels behind a subset, from the rule that the proxy looks up: its own namespace, the service's, the root. */
export function subsetLabels(cluster: Cluster, host: string, subset: string, namespaces: readonly string[]): Labels | undefined {
  const rules = cluster.destinationRules.filter((rule) => fullHost(cluster, rule.spec?.host ?? '', namespaceOf(rule)) === host);
  for (const namespace of [...namespaces, cluster.rootNamespace]) {
    const found = rules.filter((rule) => namespaceOf(rule) === namespace).flatMap((rule) => rule.spec?.subsets ?? []);
    const labels = found.find((one) => one.name === subset)?.labels;
    if (labels) return labels;
  }
  return undefined;
}
