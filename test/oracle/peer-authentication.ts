import type { Cluster } from './cluster';
import { type Manifest, namespaceOf, titleOf } from './manifest';
import type { PeerAuthenticationSpec } from './policy-specs';
import { hasLabels } from './selectors';
import type { Pod } from './workloads';

export interface PeerMode {
  readonly mode: string;
  /** The object that says so; undefined for Istio's own PERMISSIVE. */
  readonly by?: string;
}

type PeerAuthentication = Manifest<PeerAuthenticationSpec>;

/** What a pod's port takes: the workload's own word, else its namespace's, else the root namespace's. UNSET asks the next. */
export function peerModeOf(cluster: Cluster, pod: Pod, port: number): PeerMode {
  const own = cluster.peerAuthentications.filter((one) => namespaceOf(one) === pod.namespace);
  const workload = own.find((one) => hasSelector(one) && hasLabels(pod.labels, one.spec?.selector?.matchLabels));
  const namespace = own.find((one) => !hasSelector(one));
  const root = cluster.peerAuthentications.find((one) => namespaceOf(one) === cluster.rootNamespace && !hasSelector(one));

  const onPort = workload?.spec?.portLevelMtls?.[String(port)]?.mode;
  if (workload && isSet(onPort)) return { mode: onPort, by: titleOf(workload) };
  for (const one of [workload, namespace, root]) {
    const mode = one?.spec?.mtls?.mode;
    if (one && isSet(mode)) return { mode, by: titleOf(one) };
  }
  return { mode: 'PERMISSIVE' };
}

const hasSelector = (one: PeerAuthentication): boolean => Object.keys(one.spec?.selector?.matchLabels ?? {}).length > 0;

const isSet = (mode: string | undefined): mode is string => mode !== undefined && mode !== 'UNSET';
