// Objects of the border as YAML, for rules that read what was said raw.

export function inMesh(name: string, plane: 'sidecar' | 'ambient' = 'sidecar'): string {
  const label = plane === 'sidecar' ? 'istio-injection: enabled' : 'istio.io/dataplane-mode: ambient';
  return `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${label} } }
`;
}

export function deployment(namespaceName: string, name: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespaceName} }
spec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [] } } }
`;
}

/** A ServiceEntry in namespace egress. */
export function entry(name: string, hosts: readonly string[], port: string, more = '', labels = ''): string {
  return `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: egress, labels: { ${labels} } }
spec: { hosts: ${JSON.stringify(hosts)}, ports: [${port}]${more} }
`;
}

export function kubernetesService(namespaceName: string, name: string, port: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespaceName} }
spec: { selector: { app: ${name} }, ports: [${port}] }
`;
}

/** A Sidecar for a whole namespace. */
export function scope(namespaceName: string, hosts: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: ${namespaceName} }
spec: { egress: [{ hosts: [${hosts}] }] }
`;
}

/** A VirtualService in namespace egress that routes TLS by server name. */
export function tlsRoute(hosts: string, match: string, more = ''): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: way-out, namespace: egress }
spec:
  hosts: [${hosts}]
  tls: [{ match: [${match}], route: [{ destination: { host: way-out.egress.svc.cluster.local, port: { number: 443 } } }] }]
${more}
`;
}
