/** Manifests of a mesh with many services, each called by two others: namespaces of ten services, every other one in ambient mode. */
export function largeMesh(services: number, perNamespace = 10): string {
  const names = Array.from({ length: services }, (_, index) => index);
  const namespaces = [...new Set(names.map((index) => namespaceOf(index, perNamespace)))];
  return [
    ...namespaces.map((name, index) =>
      namespaceText(name, index % 2 === 0 ? 'istio-injection: enabled' : 'istio.io/dataplane-mode: ambient'),
    ),
    ...names.map((index) => serviceText(index, perNamespace)),
  ].join('---\n');
}

function namespaceOf(index: number, perNamespace: number): string {
  return `team-${Math.floor(index / perNamespace)}`;
}

function namespaceText(name: string, label: string): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${label} } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${name} }
spec: { mtls: { mode: STRICT } }
`;
}

function serviceText(index: number, perNamespace: number): string {
  const [name, namespace] = [`service-${index}`, namespaceOf(index, perNamespace)];
  const callers = [Math.floor(index / 4), Math.floor(index / 9)].filter((caller) => caller !== index);
  const principals = callers.map((caller) => `cluster.local/ns/${namespaceOf(caller, perNamespace)}/sa/service-${caller}`);
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: a, image: 'a:1' }] } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ name: ${index % 7 === 3 ? 'grpc' : index % 7 === 5 ? 'tcp' : 'http'}, port: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  rules: [{ from: [{ source: { principals: [${principals.map((one) => `'${one}'`).join(', ') || "'nobody'"}] } }] }]
`;
}
