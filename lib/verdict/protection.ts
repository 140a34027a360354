import type { Hop } from './travel/hop';

/** Connections of somebody in the cluster: who comes in from outside at a gateway is nobody's business here. */
export function inside(hops: readonly Hop[]): Hop[] {
  return hops.filter(({ source }) => source.proxy !== undefined);
}

/** Every one of them is mutual TLS of the mesh. */
export function isMutual(hops: readonly Hop[]): boolean {
  const own = inside(hops);
  return own.length > 0 && own.every(({ principal, enforcer }) => principal !== undefined && enforcer !== undefined);
}
