/** What a VirtualService is bound to where it names no gateway: every proxy of the mesh. */
export const MESH = 'mesh';

/** How routes and matches name an Istio Gateway of an object's own namespace, or of another. */
export function gatewayKey(name: string, namespaceName: string): string {
  return name === MESH || name.includes('/') ? name : `${namespaceName}/${name}`;
}
