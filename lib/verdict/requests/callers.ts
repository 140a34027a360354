import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { pickingGateways, podsOfGateway, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { tryGateway } from '../../cluster/workloads/gateways';
import { principalOf } from '../../cluster/workloads/identities';
import { PROXIES } from '../../cluster/workloads/proxies';
import { type Pod, tryWorkload, type Workload } from '../../cluster/workloads/workloads';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import { MeshError } from '../../support/mesh-error';
import type { Caller } from './request';

/** A caller as one end of a connection. */
export interface Speaker extends Pod {
  /** An identity without a pod: there is nothing that the network layer could look at. */
  readonly isBodiless?: boolean;
  /** A machine beside the cluster. */
  readonly isOutside?: boolean;
}

/** Where a pod is that says nothing of it. */
export const ANY_ADDRESS = '10.246.0.1';

// What is for one namespace does not reach somebody who may be in any.
const ANYWHERE = '';

export function speakerOf(cluster: Cluster, caller: Caller): Speaker {
  if ('workload' in caller) return workloadNamed(cluster, caller.workload);
  if ('gateway' in caller) return gatewayNamed(cluster, caller.gateway);
  if ('identity' in caller) {
    const { namespace, serviceAccount, proxy, trustDomain = cluster.trustDomain } = caller.identity;
    const known = stranger({ trustDomain }, namespace, serviceAccount);
    return { ...known, namespaceName: ANYWHERE, proxy: PROXIES[proxy], isBodiless: true };
  }
  const { namespace, labels = {}, proxy = 'none', serviceAccount = DEFAULT_ACCOUNT, address } = caller.pod;
  const known = stranger(cluster, namespace, serviceAccount);
  const pod = { ...known, labels, proxy: PROXIES[proxy], address: address ?? known.address };
  return pod.proxy.isInMesh ? pod : { ...pod, principal: undefined };
}

/** Nobody's pod: it dials what is open to the world. */
export function isOutsideCluster({ namespaceName, isBodiless }: Speaker): boolean {
  return namespaceName === '' && !isBodiless;
}

export function workloadNamed(cluster: Cluster, key: string): Workload {
  return tryWorkload(cluster, key) ?? nobody('workload', key);
}

/** A Kubernetes Gateway's own proxy, or the workload that an Istio Gateway picks. */
function gatewayNamed(cluster: Cluster, key: string): Pod {
  return tryGatewayPod(cluster, key) ?? nobody('gateway', key);
}

/** The same, where the manifests have one. */
export function tryGatewayPod(cluster: Cluster, key: string): Pod | undefined {
  const gateway = tryGateway(cluster, key);
  if (gateway?.proxy.isDoor) return gateway;
  const istioGateway = tryIstioGateway(cluster, key);
  const pod = istioGateway && podsOfGateway(cluster, istioGateway);
  return pod && asGateway(cluster, pod);
}

function asGateway(cluster: Cluster, pod: Workload): Workload {
  const principal = pod.principal ?? principalOf(cluster, pod.namespaceName, pod.serviceAccountName);
  return { ...pod, proxy: PROXIES.gateway, principal };
}

/** Pods that an Istio Gateway picks are taken for proxies, also where the manifests do not say who makes them some; others are what they are. */
export function asPicked<T extends Pod>(cluster: Cluster, pod: T): Pod & T {
  const isPicked = (): boolean => pickingGateways(cluster, pod).some(({ selector }) => !isEmpty(selector));
  if (pod.proxy.isInMesh || !('serviceAccountName' in pod) || !isPicked()) return pod;
  return { ...pod, ...asGateway(cluster, pod as unknown as Workload) };
}

function nobody(what: string, key: string): never {
  throw new MeshError({
    code: 'MESH067',
    at: key,
    what: `a question about a ${what} names one of the manifests, as namespace/name`,
    got: key,
    fix: `name a ${what} that they have`,
  });
}

function stranger(trust: Pick<Cluster, 'trustDomain'>, namespaceName: string, serviceAccount: string): Pod {
  return {
    key: `${namespaceName}/${serviceAccount}`,
    namespaceName,
    labels: {},
    proxy: PROXIES.none,
    principal: principalOf(trust, namespaceName, serviceAccount),
    address: ANY_ADDRESS,
    replicas: 1,
    namedPorts: {},
  };
}
