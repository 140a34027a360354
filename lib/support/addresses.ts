import { BlockList, isIP } from 'node:net';
import type { IConstruct } from 'constructs';
import { isDeferred } from './deferred';
import { MeshError } from './mesh-error';

/** An address of IPv4 or IPv6, or one that is known only later. */
export function isAddress(text: string): boolean {
  return isDeferred(text) || isIP(text) !== 0;
}

/** An address as it is written in one way only. */
export function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

/** A block of IPv4 or IPv6 addresses, or one that is known only later. */
export function requireCidr(at: string | IConstruct, what: string, cidr: string): string {
  if (isDeferred(cidr)) return cidr;
  const [address, bits, ...rest] = cidr.split('/');
  // A zone belongs to one machine.
  const most = address.includes('%') ? -1 : ({ 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1);
  if (rest.length === 0 && /^(0|[1-9]\d{0,2})$/.test(bits ?? '') && Number(bits) <= most) return cidr;
  throw new MeshError({ code: 'MESH031', at, what: `${what} is a block of addresses`, got: cidr, fix: 'write for example 10.0.0.1/32' });
}

/** The same, or a single address, which is a block of one. */
export function requireBlock(at: string | IConstruct, what: string, address: string): string {
  const bits = { 4: '/32', 6: '/128' }[isDeferred(address) ? 0 : isIP(address)] ?? '';
  return requireCidr(at, what, `${address}${bits}`);
}

/** Blocks of those that are addresses or blocks; a name is none. */
export function addressBlocks(places: readonly string[]): string[] {
  return places.flatMap((place) => (isDeferred(place) || place.includes('/') ? [place] : (blockOf(place) ?? [])));
}

function blockOf(address: string): string | undefined {
  const bits = { 4: '/32', 6: '/128' }[isIP(address)];
  return bits && `${address}${bits}`;
}

/** Whether some address is in both blocks; no while one of them is known only later. */
export function blocksOverlap(one: string, other: string): boolean {
  if (isDeferred(one) || isDeferred(other)) return false;
  return holds(one, other) || holds(other, one);
}

function holds(block: string, other: string): boolean {
  const [[net, bits], [first]] = [block.split('/'), other.split('/')];
  if (isIP(net) !== isIP(first)) return false;
  const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(net, Number(bits), family);
  return list.check(first, family);
}
