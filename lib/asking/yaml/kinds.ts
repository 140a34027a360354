import { CORE, DISCOVERY, EXTENSIONS, GATEWAY_API, KUBERNETES_NETWORKING, NETWORKING, SECURITY, TELEMETRY } from '../../istio/api-groups';

const words = (text: string): readonly string[] => text.split(' ');

/** Every kind of the groups in which a wrong word would change what a mesh does. Other groups are their owners' business. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  [CORE]: words(
    'Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ' +
      'ReplicationController ResourceQuota Secret Service ServiceAccount',
  ),
  apps: words('ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet'),
  batch: words('CronJob Job'),
  [DISCOVERY]: words('EndpointSlice'),
  [KUBERNETES_NETWORKING]: words('IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR'),
  [NETWORKING]: words('DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup'),
  [SECURITY]: words('AuthorizationPolicy PeerAuthentication RequestAuthentication'),
  [TELEMETRY]: words('Telemetry'),
  [EXTENSIONS]: words('TrafficExtension WasmPlugin'),
  [GATEWAY_API]: words(
    'BackendLBPolicy BackendTLSPolicy GRPCRoute Gateway GatewayClass HTTPRoute ListenerSet ReferenceGrant TCPRoute TLSRoute UDPRoute',
  ),
};

/** The kinds of a group; undefined where nobody here knows them. */
export function kindsOf(group: string): readonly string[] | undefined {
  return KINDS[group];
}
