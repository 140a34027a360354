import { type Fields, isSaid, listOf, textsOf } from '../../../cluster/objects/fields';
import { isHttpProtocol } from '../../../cluster/services/protocols';
import { type Check, hasTwins } from './complaint';

const BY_DNS: readonly unknown[] = ['DNS', 'DNS_ROUND_ROBIN'];
const BY_ADDRESS: readonly unknown[] = [undefined, 'NONE', 'STATIC'];

export const SERVICE_ENTRY_CHECKS: readonly Check[] = [
  {
    fails: ({ workloadSelector, endpoints }) => isSaid(workloadSelector) && isSaid(endpoints),
    what: 'has both endpoints and a workloadSelector',
    fix: 'keep one of them',
  },
  {
    fails: ({ resolution = 'NONE', endpoints }) => resolution === 'NONE' && listOf(endpoints).length > 0,
    what: 'has endpoints, and resolution NONE, which takes the address that the client dials',
    fix: 'write resolution: STATIC for addresses, DNS for names; or no endpoints',
  },
  {
    fails: ({ resolution, addresses }) => !BY_ADDRESS.includes(resolution) && textsOf(addresses).some((address) => address.includes('/')),
    what: 'has a range of addresses, which resolution NONE and STATIC alone take',
    fix: 'write single addresses, or resolution: NONE',
  },
  {
    fails: (spec) => BY_DNS.includes(spec.resolution) && listOf(spec.endpoints).length === 0 && hasWildcard(spec),
    what: 'has a host with a star, which nobody can look up in DNS',
    fix: 'write resolution: DYNAMIC_DNS or NONE, or a whole host',
  },
  {
    fails: ({ resolution, endpoints }) => resolution === 'DNS_ROUND_ROBIN' && listOf(endpoints).length > 1,
    what: 'has several endpoints, and resolution DNS_ROUND_ROBIN takes one',
    fix: 'write resolution: DNS',
  },
  {
    fails: ({ hosts, resolution = 'NONE', ports }) =>
      resolution !== 'NONE' && textsOf(hosts).length > 1 && listOf(ports).some(({ protocol }) => !isNamed(protocol)),
    what: 'has several hosts and a port with plain bytes, of which nothing tells for which host they are',
    fix: 'write a ServiceEntry for each host',
  },
  {
    fails: ({ ports }) => hasTwins(listOf(ports).map(({ number }) => number)) || hasTwins(listOf(ports).map(({ name }) => name)),
    what: 'has two ports of one number or name',
    fix: 'write each port once, with a name of its own',
  },
];

function hasWildcard({ hosts }: Fields): boolean {
  return textsOf(hosts).some((host) => host.startsWith('*'));
}

/** HTTP says the host of each request, TLS that of each connection. */
function isNamed(protocol: unknown): boolean {
  const said = String(protocol).toUpperCase();
  return isHttpProtocol(said) || said === 'HTTPS' || said === 'TLS';
}
