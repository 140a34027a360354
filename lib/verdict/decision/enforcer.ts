import type { Cluster } from '../../cluster/cluster';
import type { Attached, AttachmentIndex, Target } from '../../cluster/policies/attachments';
import type { MeshService } from '../../cluster/services/services';
import { tryGateway } from '../../cluster/workloads/gateways';
import type { Pod } from '../../cluster/workloads/workloads';
import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { sortedBy } from '../../support/ordering';

/** Who decides: the proxy of a pod, a gateway, or a waypoint on behalf of the service that was called. */
export interface Enforcer {
  readonly pod: Pod;
  /** The service a waypoint stands in front of; none for calls to a pod's own address. */
  readonly service?: MeshService;
}

/** The policies that an enforcer obeys, by name: waypoints those that name a target, pods those that go by labels, gateways either. */
export function attachedTo<T extends Attached>(cluster: Cluster, index: AttachmentIndex<T>, enforcer: Enforcer): T[] {
  const { namespaceName, labels, proxy } = enforcer.pod;
  // Policies of the root namespace count everywhere, others in their own.
  const onPods = () => index.onPods([namespaceName, cluster.rootNamespace], labels);
  switch (proxy.attachedBy) {
    case 'selector':
      return onPods();
    case 'target':
      return index.onTargets(targetsOf(cluster, enforcer));
    case 'either':
      return sortedBy([...onPods(), ...index.onTargets([gatewayTarget(enforcer.pod)])], ({ title }) => title);
  }
}

interface PlacedTarget {
  readonly namespaceName: string;
  readonly target: Target;
}

/** A policy stands beside what it names; the class of all waypoints is named in the root namespace. */
function targetsOf(cluster: Cluster, { pod, service }: Enforcer): PlacedTarget[] {
  const className = tryGateway(cluster, pod.key)?.className ?? '';
  const onClass = { namespaceName: cluster.rootNamespace, target: { group: GATEWAY_API, kind: 'GatewayClass', name: className } };
  return [gatewayTarget(pod), onClass, ...(service ? [serviceTarget(service)] : [])];
}

function gatewayTarget({ key, namespaceName }: Pod): PlacedTarget {
  return { namespaceName, target: { group: GATEWAY_API, kind: 'Gateway', name: key.slice(namespaceName.length + 1) } };
}

function serviceTarget({ kind, name, namespaceName }: MeshService): PlacedTarget {
  return { namespaceName, target: { group: kind === 'Service' ? CORE : NETWORKING, kind, name } };
}
