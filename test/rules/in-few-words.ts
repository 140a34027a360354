/** A Namespace, and a line that ends its document. */
export const namespace = (name: string, labels = '') => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
---`;

/** A pod with one container, and a line that ends its document. */
export const pod = (namespaceName: string, labels = '', container = 'name: cart, image: cart') => `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: ${namespaceName}, labels: { app: cart, ${labels} } }
spec: { containers: [{ ${container} }] }
---`;

/** Machines beside the cluster. */
export const workloadGroup = (name: string, labels: string, account = 'mainframe') => `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: ${name}, namespace: shop }
spec: { metadata: { labels: { ${labels} } }, template: { serviceAccount: ${account} } }
`;

export const envoyFilter = (spec: string) => `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec: { ${spec} }
`;
