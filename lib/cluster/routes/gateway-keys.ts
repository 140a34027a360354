/** What a VirtualService is bound to where it names no gateway: every proxy of the mesh. */
export const MESH = 'mesh';

/** How routes and matches name an Istio Gateway of an object's own namespace, or of another; the old way is its host, `name.namespace.svc.…`. */
export function gatewayKey(name: string, namespaceName: string): string {
  if (name === MESH || name.includes('/')) return name;
  const [first, second] = name.split('.');
  return `${second ?? namespaceName}/${first}`;
}
