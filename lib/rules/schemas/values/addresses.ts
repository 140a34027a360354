import { isAddress } from '../../../support/addresses';

const SOCKET = 'unix://';

/** An address of IPv4 or IPv6. */
export function isAddressText(text: string): boolean {
  return isAddress(text);
}

/** An address, or a block of them. */
export function isBlockText(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  if (bits === undefined || rest.length > 0) return isAddressText(text);
  return (
    isAddressText(address) &&
    !address.includes('%') &&
    /^(0|[1-9]\d{0,2})$/.test(bits) &&
    Number(bits) <= (address.includes(':') ? 128 : 32)
  );
}

/** A socket of the machine's own, instead of an address. */
export function isSocket(text: string): boolean {
  return text.startsWith(SOCKET);
}

/** Its path is whole, or its name begins with `@`. */
export function isBadSocket(text: string): boolean {
  if (!isSocket(text)) return false;
  const path = text.slice(SOCKET.length);
  return !path.startsWith('@') && (!path.startsWith('/') || path.endsWith('/'));
}
