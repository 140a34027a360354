/** An object that Istio takes: its kind and its spec. */
export type Taken = readonly [kind: string, spec: string];

/** One that it refuses, with what is said of it here, and where. */
export type Refused = readonly [kind: string, spec: string, what: string, field: string];

const VERSIONS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
};

export function manifest(kind: string, spec: string): string {
  return `
apiVersion: ${VERSIONS[kind] ?? 'networking.istio.io/v1'}
kind: ${kind}
metadata: { name: api, namespace: shop }
spec: { ${spec} }
`;
}
