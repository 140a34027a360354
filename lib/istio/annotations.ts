/** What Istio's code knows of one of its annotations. */
export interface Annotation {
  /** Kinds on which it is read; absent for any. Pods have it from the template of their workload. */
  readonly kinds?: readonly string[];
  /** What to write instead, of one that is deprecated. */
  readonly instead?: string;
}

const POD: Annotation = { kinds: ['Pod'] };
const MACHINE: Annotation = { kinds: ['WorkloadEntry'] };
const GATEWAY: Annotation = { kinds: ['Gateway'] };
const ANY: Annotation = {};

const ofSidecar = (names: string, annotation: Annotation = POD): Record<string, Annotation> =>
  Object.fromEntries(names.split(' ').map((name) => [`sidecar.istio.io/${name}`, annotation]));

/** Every annotation of Istio 1.31, those that only its code knows as well. */
export const ANNOTATIONS: Readonly<Record<string, Annotation>> = {
  'alpha.istio.io/canonical-serviceaccounts': { kinds: ['Service'], instead: 'no annotation: sidecars find the accounts by themselves' },
  'alpha.istio.io/kubernetes-serviceaccounts': { kinds: ['Service'], instead: 'no annotation: sidecars find the accounts by themselves' },
  'ambient.istio.io/bypass-inbound-capture': POD,
  'ambient.istio.io/dns-capture': POD,
  'ambient.istio.io/redirection': POD,
  'ambient.istio.io/waypoint-inbound-binding': { kinds: ['GatewayClass', 'Gateway'] },
  'ambient.istio.io/xfcc-include-client-identity': GATEWAY,
  'envoyfilter.istio.io/referenced-services': { kinds: ['EnvoyFilter'] },
  'galley.istio.io/analyze-suppress': ANY,
  'gateway.istio.io/controller-version': ANY,
  'gateway.istio.io/name-override': GATEWAY,
  'gateway.istio.io/service-account': GATEWAY,
  'inject.istio.io/templates': POD,
  'istio.io/autoRegistrationGroup': MACHINE,
  'istio.io/connectedAt': MACHINE,
  'istio.io/disconnectedAt': MACHINE,
  'istio.io/workloadController': MACHINE,
  'istio.io/dry-run': { kinds: ['AuthorizationPolicy'] },
  'istio.io/reroute-virtual-interfaces': POD,
  'istio.io/rev': POD,
  'istio.io/use-waypoint-canary-weight': { kinds: ['Service', 'ServiceEntry', 'Namespace'] },
  'kubernetes.io/ingress.class': { kinds: ['Ingress'] },
  'networking.istio.io/address-type': GATEWAY,
  'networking.istio.io/exportTo': { kinds: ['Service'] },
  'networking.istio.io/service-type': GATEWAY,
  'networking.istio.io/traffic-distribution': { kinds: ['Namespace', 'Service', 'ServiceEntry'] },
  'prometheus.istio.io/merge-metrics': POD,
  'prometheus.istio.io/scrape-targets': POD,
  'prometheus.istio.io/secure-port': POD,
  'proxy.istio.io/config': POD,
  'proxy.istio.io/overrides': POD,
  'proxy.istio.io/health-checks-enabled': MACHINE,
  'readiness.status.sidecar.istio.io/applicationPorts': POD,
  'readiness.status.sidecar.istio.io/failureThreshold': POD,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': POD,
  'readiness.status.sidecar.istio.io/periodSeconds': POD,
  ...ofSidecar('agentLogLevel bootstrapOverride componentLogLevel interceptionMode logLevel nativeSidecar'),
  ...ofSidecar('proxyCPU proxyCPULimit proxyImage proxyImageType proxyMemory proxyMemoryLimit rewriteAppHTTPProbers'),
  ...ofSidecar('statsEvictionInterval statsFlushInterval statsHistogramBins statsHistogramBuckets status userVolume userVolumeMount'),
  ...ofSidecar('discoveryAddress', { kinds: ['Pod'], instead: 'discoveryAddress in the annotation proxy.istio.io/config' }),
  ...ofSidecar('extraStatTags', { kinds: ['Pod'], instead: 'extraStatTags in the annotation proxy.istio.io/config' }),
  ...ofSidecar('inject', { kinds: ['Pod'], instead: 'the label sidecar.istio.io/inject' }),
  ...ofSidecar('statsCompression', { kinds: ['Pod'], instead: 'no annotation' }),
  ...ofSidecar('statsInclusionPrefixes statsInclusionRegexps statsInclusionSuffixes', {
    kinds: ['Pod'],
    instead: 'proxyStatsMatcher in the annotation proxy.istio.io/config',
  }),
  'status.sidecar.istio.io/port': POD,
  'topology.istio.io/controlPlaneClusters': { kinds: ['Namespace'] },
  'traffic.istio.io/nodeSelector': { kinds: ['Service'] },
  'traffic.sidecar.istio.io/excludeInboundPorts': POD,
  'traffic.sidecar.istio.io/excludeInterfaces': POD,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': POD,
  'traffic.sidecar.istio.io/excludeOutboundPorts': POD,
  'traffic.sidecar.istio.io/includeInboundPorts': POD,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': POD,
  'traffic.sidecar.istio.io/includeOutboundPorts': POD,
  'traffic.sidecar.istio.io/kubevirtInterfaces': { kinds: ['Pod'], instead: 'the annotation istio.io/reroute-virtual-interfaces' },
};

/** Whether an annotation is in one of the groups that Istio reads, or the one of Kubernetes by which an Ingress is Istio's. What is internal, or of its operator, is nobody's to write. */
export function isOfIstio(name: string): boolean {
  if (name === 'kubernetes.io/ingress.class') return true;
  return /^((ambient|envoyfilter|galley|gateway|inject|networking|prometheus|proxy|topology|traffic|(\w+\.)?(status\.)?sidecar)\.)?istio\.io\//.test(
    name,
  );
}
