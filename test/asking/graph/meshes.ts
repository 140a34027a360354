/** Pieces of YAML of small meshes. */
export const namespace = (name: string, label = 'istio-injection: enabled'): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${label} } }\n`;

/** A Deployment under an account of its own name. */
export const pods = (space: string, name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${space} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: a, image: 'a:1' }] } }
`;

export const serviceYaml = (space: string, name: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${space} }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
`;

/** A policy for the pods of its name, or for all of the namespace where it denies. */
export const policy = (space: string, name: string, rule: object, action = 'ALLOW'): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${space} }
spec: ${JSON.stringify({ action, ...(action === 'ALLOW' && { selector: { matchLabels: { app: name } } }), rules: [rule] })}
`;

/** Services in two namespaces that nobody has closed. */
export function open(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => [`open-${index % 2}`, `s${index}`] as const);
  return [namespace('open-0'), namespace('open-1'), ...names.flatMap(([space, name]) => [pods(space, name), serviceYaml(space, name)])];
}

/** A service that some may call by some requests. */
export function manyCallers(): string[] {
  const callers = ['x', 'y', 'z'];
  const rule = (name: string): object => ({
    from: [{ source: { principals: [`cluster.local/ns/shop/sa/${name}`] } }],
    to: [{ operation: { methods: ['GET'], paths: [`/${name}/*`] } }],
  });
  const grants = callers.map((name) => policy('shop', `cart-${name}`, rule(name)).replace(`app":"cart-${name}`, 'app":"cart'));
  return [namespace('shop'), ...callers.map((name) => pods('shop', name)), pods('shop', 'cart'), serviceYaml('shop', 'cart'), ...grants];
}
