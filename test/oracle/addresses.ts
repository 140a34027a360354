/** An address that no private range and no documentation default excludes: where the outside world is. */
export const PUBLIC_ADDRESS = '93.184.216.34';

/** Whether a CIDR block holds the address. A block of the other IP family holds nothing of this one. */
export function inBlock(cidr: string, address: string): boolean {
  const [network, length] = cidr.split('/');
  if (network.includes(':') !== address.includes(':')) return false;
  const all = network.includes(':') ? 128 : 32;
  const rest = BigInt(all - Number(length ?? all));
  return toNumber(network) >> rest === toNumber(address) >> rest;
}

function toNumber(address: string): bigint {
  return address.includes(':') ? fromGroups(eightGroups(address), 16) : fromGroups(address.split('.').map(Number), 8);
}

const fromGroups = (groups: readonly number[], bits: number): bigint =>
  groups.reduce((sum, group) => (sum << BigInt(bits)) | BigInt(group), 0n);

function eightGroups(address: string): number[] {
  const [head, tail] = address.split('::').map((part) =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => parseInt(group, 16)),
  );
  if (tail === undefined) return head;
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
