import { remembered } from '../../support/kept/remembered';

/** An address that no private range and no documentation default excludes: where the outside world is. */
export const PUBLIC_ADDRESS = '93.184.216.34';

/** Whether a CIDR block holds the address. A block of the other IP family holds nothing of this one, and one that is none holds nothing. */
export function inBlock(cidr: string, address: string): boolean {
  const [block, other] = [blockOf(cidr), addressOf(address)];
  if (!block || !other || block.bits !== other.bits) return false;
  return block.start === other.value >> block.rest;
}

/** Whether all addresses of a block are in another. */
export function isWithin(cidr: string, outer: string): boolean {
  const [block, around] = [blockOf(cidr), blockOf(outer)];
  if (!block || !around || block.bits !== around.bits || block.rest > around.rest) return false;
  return around.start === (block.start << block.rest) >> around.rest;
}

/** Whether two blocks have an address in common: one of them is in the other then. */
export function doMeet(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** All addresses that begin with the same bits. */
interface Block {
  readonly start: bigint;
  readonly rest: bigint;
  /** How many bits its family has. */
  readonly bits: number;
}

const blockOf = remembered((cidr: string): Block | undefined => {
  const [network, length] = cidr.split('/');
  const address = addressOf(network);
  const kept = length === undefined ? address?.bits : Number(length);
  if (!address || kept === undefined || !Number.isInteger(kept) || kept < 0 || kept > address.bits) return undefined;
  const rest = BigInt(address.bits - kept);
  return { start: address.value >> rest, rest, bits: address.bits };
});

interface Address {
  readonly value: bigint;
  readonly bits: number;
}

const addressOf = remembered(parsed);

function parsed(address: string): Address | undefined {
  const [groups, bitsOfGroup] = address.includes(':') ? [eightGroups(address), 16] : [fourGroups(address), 8];
  if (!groups) return undefined;
  const value = groups.reduce((sum, group) => (sum << BigInt(bitsOfGroup)) | BigInt(group), 0n);
  return { value, bits: groups.length * bitsOfGroup };
}

function fourGroups(address: string): number[] | undefined {
  const groups = address.split('.');
  const isAddress = groups.length === 4 && groups.every((group) => /^\d{1,3}$/.test(group) && Number(group) < 256);
  return isAddress ? groups.map(Number) : undefined;
}

/** Two colons stand for as many zeros as are missing. */
function eightGroups(address: string): number[] | undefined {
  const parts = address.split('::').map((part) => part.split(':').filter(Boolean));
  if (parts.length > 2 || !parts.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const [head, tail = []] = parts;
  const missing = 8 - head.length - tail.length;
  if (missing < 0 || (parts.length === 1 && missing > 0)) return undefined;
  return [...head, ...Array<string>(missing).fill('0'), ...tail].map((group) => parseInt(group, 16));
}
