import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, labelsOf, listOf, textOf, valueAt } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type Attached, AttachmentIndex, readAttached } from './attachments';

/** An EnvoyFilter, of which one thing is read: whether it takes away what enforces AuthorizationPolicies. */
export interface EnvoyFilter extends Attached {
  /** The filters that are gone, by what they would look at. */
  readonly drops: Readonly<Record<'http' | 'tcp', boolean>>;
}

const FILTERS = { http: 'envoy.filters.http.rbac', tcp: 'envoy.filters.network.rbac' } as const;
const TAKING: readonly unknown[] = ['REMOVE', 'REPLACE'];

function readFilter(object: EnvoyFilter['object']): EnvoyFilter {
  const spec = specOf(object);
  const gone = listOf(spec.configPatches).filter(isTaking).flatMap(namesIn);
  return {
    ...readAttached(object),
    selector: labelsOf(valueAt(spec, 'workloadSelector', 'labels')),
    drops: { http: gone.includes(FILTERS.http) || listOf(spec.configPatches).some(isSwitchedOff), tcp: gone.includes(FILTERS.tcp) },
  };
}

/** Routes may give the filter rules of their own, which go before those of the listener. */
function isSwitchedOff({ patch, match }: Fields): boolean {
  const value = valueAt(patch, 'value');
  const own = valueAt(value, 'typed_per_filter_config') ?? valueAt(value, 'typedPerFilterConfig');
  return FILTERS.http in fieldsOf(own) && !isOutbound(match);
}

/** What goes out of a proxy is none of this. */
function isTaking({ patch, match }: Fields): boolean {
  return TAKING.includes(valueAt(patch, 'operation')) && !isOutbound(match);
}

function isOutbound(match: unknown): boolean {
  return valueAt(match, 'context') === 'SIDECAR_OUTBOUND';
}

function namesIn({ match }: Fields): string[] {
  const filter = valueAt(match, 'listener', 'filterChain', 'filter');
  return [valueAt(filter, 'name'), valueAt(filter, 'subFilter', 'name')].flatMap((name) => textOf(name) ?? []);
}

/** Those that take away some of what enforces policies. */
export const droppingFilterIndex = perCluster((cluster: Cluster) => {
  const all = objectsOf(cluster, NETWORKING, 'EnvoyFilter').map(readFilter);
  return new AttachmentIndex(all.filter(({ drops }) => drops.http || drops.tcp));
});
