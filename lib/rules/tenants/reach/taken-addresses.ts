import { listOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { inBlock } from '../../../verdict/decision/address-blocks';
import type { TenantObject } from './tenancies';

/** Addresses to which an object of a tenant gives a name, and that are not the tenant's. */
export function takenAddresses({ object, tenant }: TenantObject): string[] {
  const { addresses, endpoints, address, externalIPs } = specOf(object);
  const places = [...listOf(endpoints).map((one) => textOf(one.address) ?? ''), textOf(address) ?? ''];
  const named = [...textsOf(addresses), ...textsOf(externalIPs), ...places.filter((place) => !isName(place))];
  return named.filter((one) => !tenant.addresses.some((block) => holds(block, one)));
}

// A name is looked up, and takes no address from anybody.
function isName(place: string): boolean {
  return place === '' || place.startsWith('unix://') || (!/[:/]/.test(place) && /[a-zA-Z]/.test(place));
}

function holds(block: string, one: string): boolean {
  const [first, bits] = one.split('/');
  const [, length] = block.split('/');
  const isWider = bits !== undefined && Number(bits) < Number(length);
  return !isWider && inBlock(block, first);
}
