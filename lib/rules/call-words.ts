import type { CallModel } from '../model/mesh-model';
import type { Labels } from '../cluster/objects/fields';
import type { Declared } from '../model/declared';
import type { Hop, Peer } from '../model/hop';
import type { Party } from '../model/party';
import type { Port } from '../model/port';
import type { PathTest } from '../model/route';
import { sortedBy } from '../support/ordering';

export function labelText(labels: Labels): string {
  return sortedBy(Object.entries(labels), ([key]) => key)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** `8080 (http), 9090 (grpc)`. */
export function portText(ports: readonly Port[]): string {
  return ports.map(({ number, name }) => `${number} (${name})`).join(', ');
}

/** `namespace shop, pods app=cart`. */
export function peerText({ namespaceName, podLabels, world, blocks, anywhere }: Peer): string {
  if (anywhere) return 'any address';
  if (blocks) return blocks.join(', ');
  if (world) return 'any public address';
  const place = namespaceName === undefined ? 'any namespace' : `namespace ${namespaceName}`;
  return podLabels && Object.keys(podLabels).length > 0 ? `${place}, pods ${labelText(podLabels)}` : place;
}

/** How messages name who calls or is called: `shop/cart`. */
export function partyText({ kind, namespaceName, name }: Party): string {
  return kind === 'anyone' || kind === 'callers' || name.includes('/') || namespaceName === '' ? name : `${namespaceName}/${name}`;
}

/** `shop/cart may call shop/product on port 8080 (http)`. */
export function grantText({ caller, callee, ports }: CallModel): string {
  return `${caller.kind === 'anyone' ? 'anyone in the mesh' : partyText(caller)} may call ${partyText(callee)} on port ${portText(ports)}`;
}

/** What one end of a connection needs in the network layer, told to whoever writes it. */
export function ingressText({ from, to, networkPorts }: Hop): string {
  return `add a NetworkPolicy for ${peerText(to)} that lets TCP ${networkPorts.join(', ')} in from ${peerText(from)}`;
}

export function egressText({ from, to, networkPorts }: Hop): string {
  return `add a NetworkPolicy for ${peerText(from)} that lets TCP ${networkPorts.join(', ')} out to ${peerText(to)}`;
}

/** Whether the caller's own packets leave the cluster, for a host that has a gateway. */
export function goesRound({ caller, callee, action, hops }: CallModel): boolean {
  return callee.through !== undefined && action === 'ALLOW' && hops.some(({ from, to }) => to.world && from.key === caller.key);
}

export function gatewayText({ callee: { through } }: CallModel): string {
  return `${through!.namespaceName}/${through!.name}`;
}

/** `/v1 and below, /health`. */
export function pathText(paths: readonly PathTest[]): string {
  return paths.map(({ type, value }) => (type === 'Exact' ? value : value === '/' ? 'any path' : `${value} and below`)).join(', ');
}

/** Who said something, with their lines. */
export function sayersText(said: readonly Declared[]): string {
  return said.map(({ path, site }) => (site?.line === undefined ? path : `${path} (${site.line})`)).join(' and ');
}
