// What the engine asks of `node:net`, in a browser.

type Family = 'ipv4' | 'ipv6';

/** 4, 6, or 0 for what is no address. */
export function isIP(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

export function isIPv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

export function isIPv6(text: string): boolean {
  return groupsOf(text.replace(/%[0-9a-zA-Z-.:]+$/, '')) !== undefined;
}

/** Blocks of addresses. */
export class BlockList {
  private readonly blocks: { readonly bits: string; readonly family: Family }[] = [];

  addSubnet(address: string, length: number, family: Family = 'ipv4'): void {
    this.blocks.push({ bits: bitsOf(address, family).slice(0, length), family });
  }

  check(address: string, family: Family = 'ipv4'): boolean {
    return this.blocks.some((block) => block.family === family && bitsOf(address, family).startsWith(block.bits));
  }
}

function bitsOf(address: string, family: Family): string {
  const groups = family === 'ipv6' ? (groupsOf(address) ?? []) : address.split('.').map(Number);
  return groups.map((group) => group.toString(2).padStart(family === 'ipv6' ? 16 : 8, '0')).join('');
}

/** The eight groups of an address of IPv6; undefined for what is none. */
function groupsOf(text: string): number[] | undefined {
  const [, head, v4] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [text, text, undefined];
  if (v4 !== undefined && !isIPv4(v4)) return undefined;
  const [a, b, c, d] = v4?.split('.').map(Number) ?? [];
  const whole = v4 === undefined ? head : `${head}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const halves = whole.split('::');
  if (halves.length > 2) return undefined;
  const [before, after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined;
}
