import type { Cluster } from '../../cluster/cluster';
import { type SidecarScope, sidecarScopeOf } from '../../cluster/policies/sidecar-scopes';
import { hostMatches } from '../../cluster/services/hosts';
import type { Speaker } from './callers';

/** What a sidecar has been told about. Outside it a request is dropped, or passed on as it is. */
export interface Scope {
  /** The Sidecar object; undefined where none narrows the view. */
  readonly by?: SidecarScope;
  /** Whether an object of this namespace about this host was sent to the sidecar. */
  sees(namespaceName: string, host: string, port: number): boolean;
}

/** The workload's own Sidecar, else its namespace's, else the root namespace's. Only a sidecar has one. */
export function scopeOf(cluster: Cluster, { namespaceName: own, labels, isBodiless }: Speaker): Scope {
  const by = isBodiless ? undefined : sidecarScopeOf(cluster, own, labels);
  const listeners = by?.listeners;
  return {
    by,
    sees: (namespaceName, host, port) =>
      !listeners || listeners.some((one) => (one.port ?? port) === port && isListed(one.hosts, own, namespaceName, host)),
  };
}

/** Entries are `namespace/host`; one whose namespace begins with `~` takes away, and `~` alone means every namespace. */
function isListed(entries: readonly string[], own: string, namespaceName: string, host: string): boolean {
  const covers = (entry: string) => {
    const [where, name = ''] = entry.split('/');
    return (where === '*' || where === '' || namespaceName === (where === '.' ? own : where)) && hostMatches(name, host);
  };
  const isExcluded = entries.some((entry) => entry.startsWith('~') && covers(entry.slice(1)));
  return !isExcluded && entries.some((entry) => !entry.startsWith('~') && covers(entry));
}
