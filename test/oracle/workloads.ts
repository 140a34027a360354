import { type Labels, type Manifest, keyOf, namespaceOf, ofKind } from './manifest';
import type { PodSpec, WorkloadSpec } from './traffic-specs';

/** Who speaks for a pod on the wire: its sidecar, the node's ztunnel, itself as a proxy, or nobody. */
export type Proxy = 'sidecar' | 'ztunnel' | 'gateway' | 'waypoint' | 'none';

/** One end of a connection. All pods of a workload are one, for Istio decides over them alike. */
export interface Pod {
  /** `namespace/name` of the workload or the Gateway. */
  readonly key: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly proxy: Proxy;
  /** SPIFFE identity without its scheme; nobody without a proxy can prove one. */
  readonly principal?: string;
  readonly address: string;
  readonly replicas: number;
  readonly namedPorts: Readonly<Record<string, number>>;
}

interface Trust {
  readonly trustDomain: string;
}

const WORKLOAD_KINDS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job', '/Pod'] as const;

export function readWorkloads(objects: readonly Manifest[], namespaces: ReadonlyMap<string, Labels>, trust: Trust): Pod[] {
  const workloads = WORKLOAD_KINDS.flatMap((kind) => ofKind<WorkloadSpec>(objects, kind));
  return workloads.map((workload, index) => {
    const namespace = namespaceOf(workload);
    const labels = (workload.kind === 'Pod' ? workload.metadata.labels : workload.spec?.template?.metadata?.labels) ?? {};
    const spec: PodSpec = (workload.kind === 'Pod' ? workload.spec : workload.spec?.template?.spec) ?? {};
    const proxy = proxyFor(namespaces.get(namespace) ?? {}, labels);
    return {
      key: keyOf(workload),
      namespace,
      labels,
      proxy,
      ...(proxy === 'none' ? {} : { principal: principalOf(trust, namespace, spec.serviceAccountName ?? 'default') }),
      address: `10.244.${index >> 8}.${index & 255}`,
      replicas: workload.spec?.replicas ?? 1,
      namedPorts: namedPorts(spec),
    };
  });
}

export const principalOf = ({ trustDomain }: Trust, namespace: string, serviceAccount: string): string =>
  `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;

/** Injection as the webhook decides it, the pod's word before the namespace's; with both planes asked for, the sidecar wins. */
export function proxyFor(namespace: Labels, pod: Labels): Proxy {
  const inject = pod['sidecar.istio.io/inject'];
  const injected =
    namespace['istio-injection'] === 'enabled' || (namespace['istio-injection'] !== 'disabled' && 'istio.io/rev' in namespace);
  if (inject === 'true' || (injected && inject !== 'false')) return 'sidecar';
  const mode = pod['istio.io/dataplane-mode'] ?? namespace['istio.io/dataplane-mode'];
  return mode === 'ambient' ? 'ztunnel' : 'none';
}

function namedPorts(spec: PodSpec): Record<string, number> {
  const ports = (spec.containers ?? []).flatMap((container) => container.ports ?? []);
  return Object.fromEntries(ports.filter((port) => port.name).map((port) => [port.name, port.containerPort]));
}
