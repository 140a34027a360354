import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import { type Manifest, namespaceOf, titleOf } from './manifest';
import type { SidecarSpec } from './policy-specs';
import { hostMatches } from './registry';
import { hasLabels } from './selectors';

/** What a sidecar has been told about. Outside it a request is dropped, or passed on as it is. */
export interface Scope {
  /** The Sidecar object; undefined where none narrows the view. */
  readonly by?: string;
  readonly dropsUnknown: boolean;
  /** Whether an object of this namespace about this host was sent to the sidecar. */
  sees(namespace: string, host: string, port: number): boolean;
}

/** The workload's own Sidecar, else its namespace's, else the root namespace's. Only a sidecar has one. */
export function scopeOf(cluster: Cluster, caller: Speaker): Scope {
  const sidecar = caller.isBodiless ? undefined : sidecarFor(cluster, caller);
  const listeners = sidecar?.spec?.egress;
  return {
    by: sidecar && titleOf(sidecar),
    dropsUnknown: sidecar?.spec?.outboundTrafficPolicy?.mode === 'REGISTRY_ONLY',
    sees: (namespace, host, port) =>
      !listeners || listeners.some((one) => (one.port?.number ?? port) === port && isListed(one.hosts, caller.namespace, namespace, host)),
  };
}

function sidecarFor(cluster: Cluster, { namespace, labels }: Speaker): Manifest<SidecarSpec> | undefined {
  const own = cluster.sidecars.filter((one) => namespaceOf(one) === namespace);
  return (
    own.find((one) => hasSelector(one) && hasLabels(labels, one.spec?.workloadSelector?.labels)) ??
    own.find((one) => !hasSelector(one)) ??
    cluster.sidecars.find((one) => namespaceOf(one) === cluster.rootNamespace && !hasSelector(one))
  );
}

const hasSelector = (one: Manifest<SidecarSpec>): boolean => Object.keys(one.spec?.workloadSelector?.labels ?? {}).length > 0;

/** Entries are `namespace/host`; one whose namespace begins with `~` takes away, and `~` alone means every namespace. */
function isListed(entries: readonly string[], own: string, namespace: string, host: string): boolean {
  const covers = (entry: string) => {
    const [where, name] = entry.split('/');
    return (where === '*' || where === '' || namespace === (where === '.' ? own : where)) && hostMatches(name, host);
  };
  const isExcluded = entries.some((entry) => entry.startsWith('~') && covers(entry.slice(1)));
  return !isExcluded && entries.some((entry) => !entry.startsWith('~') && covers(entry));
}
