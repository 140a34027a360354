import { GATEWAY_API } from '../istio/api-groups';
import { DATAPLANE_MODE, INJECT, INJECTION } from '../istio/labels';

/** Fields that a rule compares or tests. What a program passes on stands in some manifest, so these tell of every value that is not known yet. */
export interface Comparison {
  /** `group/Kind` of the objects; absent for all. */
  readonly kinds?: readonly string[];
  /** Keys divided by spaces, for labels have dots; in lists every item is meant. */
  readonly fields: readonly string[];
  /** True for objects of this library, false for what stands beside; absent for both. */
  readonly made?: boolean;
  /** With the same field of another object: where there is but one, nothing waits. */
  readonly pairs?: boolean;
  /** With each other: where one is missing, nothing waits. */
  readonly together?: boolean;
  /** What the rule reports as missing may be this very object: it is silent altogether until that is known. */
  readonly sought?: boolean;
  /** With what tenants have: where the program has none, nothing waits. */
  readonly ofTenants?: boolean;
}

/** Every way through lists of words, one of each. */
export function fieldPaths(...lists: readonly string[][]): string[] {
  return lists.reduce((ways, words) => ways.flatMap((way) => words.map((word) => `${way} ${word}`)));
}

const PLANE_LABELS = [INJECTION, DATAPLANE_MODE, INJECT];

// What several rules compare.

export const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job'];
export const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind) => `${GATEWAY_API}/${kind}`);

export const NAME = ['metadata name', 'metadata namespace'];
export const POD_LABELS = 'spec template metadata labels';
export const CONTAINERS = 'spec template spec containers';
export const NAMESPACE_PLANE_LABELS = fieldPaths(['metadata labels'], PLANE_LABELS);
export const POD_PLANE_LABELS = fieldPaths([POD_LABELS, 'spec template metadata annotations'], PLANE_LABELS);
export const MTLS_MODES = ['spec mtls mode', 'spec portLevelMtls'];
export const VIRTUAL_ROUTES = fieldPaths(['spec http', 'spec tls', 'spec tcp'], ['route']);
export const DESTINATIONS = fieldPaths(VIRTUAL_ROUTES, ['destination']);
export const ROUTE_REFERENCES = fieldPaths(['spec rules backendRefs', 'spec parentRefs'], ['name', 'namespace', 'port']);
