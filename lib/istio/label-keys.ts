/** Every label of Istio 1.31 that somebody may write, or that Istio writes itself. */
export const LABEL_KEYS: readonly string[] = [
  ...['istio-injection', 'istio-locality', 'istio.io/rev', 'istio.io/tag', 'istio.io/dataplane-mode', 'istio.io/ingress-use-waypoint'],
  ...['istio.io/use-waypoint', 'istio.io/use-waypoint-namespace', 'istio.io/use-waypoint-canary', 'istio.io/use-waypoint-canary-namespace'],
  ...['istio.io/waypoint-for', 'istio.io/config', 'istio.io/global', 'gateway.istio.io/managed', 'sidecar.istio.io/inject'],
  ...[
    'gateway.networking.k8s.io/gateway-class-name',
    'gateway.networking.k8s.io/gateway-name',
    'networking.istio.io/enable-autoallocate-ip',
  ],
  ...['networking.istio.io/gatewayPort', 'operator.istio.io/component', 'operator.istio.io/managed', 'operator.istio.io/version'],
  ...[
    'security.istio.io/tlsMode',
    'service.istio.io/canonical-name',
    'service.istio.io/canonical-revision',
    'service.istio.io/workload-name',
  ],
  ...['topology.istio.io/cluster', 'topology.istio.io/locality', 'topology.istio.io/network', 'topology.istio.io/subzone'],
];
