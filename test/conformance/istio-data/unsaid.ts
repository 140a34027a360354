/** Messages of Istio's analyzers that no rule has, though its code is found in other manifests: why, and which, by case, code and object. */
export const UNSAID: Readonly<Record<string, readonly string[]>> = {
  'the pods or the Secret are often made elsewhere, and no name is a misspelled one': [
    'gatewayNoWorkload: IST0101 Gateway httpbin-gateway',
    'gatewayBadPort: IST0162 Gateway httpbin-gateway',
    'gatewaySecret: IST0101 Gateway defaultgateway-bogusCredentialName',
    'gatewaySecret: IST0101 Gateway customgateway-wrongnamespace',
    'gatewaySecret: IST0101 Gateway bogusgateway',
    'authorizationpolicies: IST0101 AuthorizationPolicy httpbin/httpbin-bogus-ns',
    'authorizationpolicies: IST0101 AuthorizationPolicy httpbin/httpbin-bogus-not-ns',
    'virtualServiceDestinationHosts: IST0101 VirtualService hello/hello-export-to-bogus',
    'DestinationRuleWithFakeHost: IST0174 DestinationRule default/fake-host',
    'DestinationRuleSubsetsNotSelectPods: IST0173 DestinationRule default/subsets-not-select-pods',
    'DestinationRuleEmptyTopologyLabels: IST0173 DestinationRule default/empty-topology-labels',
    'authorizationpolicies: IST0127 AuthorizationPolicy httpbin-empty/httpbin-empty-namespace-wide',
    'authorizationpolicies: IST0127 AuthorizationPolicy istio-system/meshwide-httpbin-v1',
    'istioInjection: IST0102 Namespace bar',
  ],
  'the bundle of providers is a setting of the mesh': ['Telemetry Lightstep: IST0002 Telemetry istio-system/mesh-default'],
  'whether a certificate still holds is a matter of the day': ['gatewaySecretValidations: IST0161 Gateway defaultgateway-expired'],
  'of two names proxies take the closer one, and nothing is in doubt': [
    'virtualServiceConflictingMeshGatewayHostsWithExportTo: IST0109 VirtualService foo/productpage-d',
    'virtualServiceConflictingMeshGatewayHostsWithExportTo: IST0109 VirtualService bar/productpage-d',
  ],
  'another rule says what else is wrong there, and first of all': [
    'virtualServiceDestinationHosts: IST0112 VirtualService default/reviews-2port-missing',
    'virtualServiceGateways: IST0101 VirtualService httpbin-bogus',
    'virtualServiceGateways: IST0132 VirtualService httpbin-bogus',
  ],
  'to whom a Service is told is no matter of where a route stands': [
    'virtualServiceDestinationHosts: IST0101 VirtualService istio-system/cross-namespace-details',
  ],
  'no other EnvoyFilter there patches the same part': [
    'EnvoyFilterUsesRelativeOperation: IST0151 EnvoyFilter bookinfo/test-relative-1',
    'EnvoyFilterUsesRelativeOperation: IST0151 EnvoyFilter bookinfo/test-relative-2',
    'EnvoyFilterUsesRelativeOperation: IST0151 EnvoyFilter bookinfo/test-relative-3',
    'EnvoyFilterUsesRelativeOperation: IST0155 EnvoyFilter bookinfo/test-relative-3',
    'EnvoyFilterUsesReplaceOperation: IST0151 EnvoyFilter bookinfo/test-replace-3',
    'EnvoyFilterUsesReplaceOperation: IST0155 EnvoyFilter bookinfo/test-replace-3',
  ],
  'istiod follows the patch where it stands': [
    'EnvoyFilterUsesAddOperation: IST0153 EnvoyFilter bookinfo/test-auth-3',
    'EnvoyFilterUsesRemoveOperation: IST0154 EnvoyFilter bookinfo/test-remove-3',
  ],
};
