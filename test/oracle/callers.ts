import type { Cluster } from './cluster';
import { keyOf } from './manifest';
import { hasLabels } from './selectors';
import type { Caller } from './request';
import { type Pod, principalOf } from './workloads';

/** A caller as one end of a connection. */
export interface Speaker extends Pod {
  /** An identity without a pod: there is nothing that the network layer could look at. */
  readonly isBodiless?: boolean;
}

export function speakerOf(cluster: Cluster, caller: Caller): Speaker {
  if ('workload' in caller) return workloadNamed(cluster, caller.workload);
  if ('gateway' in caller) return gatewayNamed(cluster, caller.gateway);
  if ('identity' in caller) {
    const { namespace, serviceAccount, proxy } = caller.identity;
    return { ...stranger(cluster, namespace, serviceAccount), proxy, isBodiless: true };
  }
  const { namespace, labels = {}, proxy = 'none', serviceAccount = 'default' } = caller.pod;
  const pod = { ...stranger(cluster, namespace, serviceAccount), labels, proxy };
  return proxy === 'none' ? { ...pod, principal: undefined } : pod;
}

export function workloadNamed(cluster: Cluster, key: string): Pod {
  const pod = cluster.workloads.find((one) => one.key === key);
  if (!pod) throw new Error(`no workload ${key} in the manifests`);
  return pod;
}

/** A Kubernetes Gateway's own proxy, or the workload that an Istio Gateway picks. */
function gatewayNamed(cluster: Cluster, key: string): Pod {
  const gateway = cluster.gateways.find((one) => one.key === key && one.proxy === 'gateway');
  if (gateway) return gateway;
  const istioGateway = cluster.istioGateways.find((one) => keyOf(one) === key);
  const pod = istioGateway && cluster.workloads.find(({ labels }) => hasLabels(labels, istioGateway.spec?.selector));
  if (!pod) throw new Error(`no gateway ${key} in the manifests`);
  return { ...pod, proxy: 'gateway' };
}

const stranger = (cluster: Cluster, namespace: string, serviceAccount: string): Pod => ({
  key: `${namespace}/${serviceAccount}`,
  namespace,
  labels: {},
  proxy: 'none',
  principal: principalOf(cluster, namespace, serviceAccount),
  address: '10.246.0.1',
  replicas: 1,
  namedPorts: {},
});
