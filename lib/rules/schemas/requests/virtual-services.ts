import { type Fields, fieldsOf, isSaid, listOf, textsOf } from '../../../cluster/objects/fields';
import { MESH } from '../../../cluster/routes/gateway-keys';
import { exportDemands } from '../shared/exported';
import { type Demand, within } from '../demands/demand';
import type { Place } from '../demands/places';
import { isAddressText } from '../values/addresses';
import { isDnsLabel, isDnsName, isHostWithStar } from '../values/names';
import { ANSWER_DEMANDS } from './answers';
import { CORS_DEMANDS } from './cors';
import { DESTINATION_DEMANDS } from './destinations';
import { FAULT_DEMANDS } from './faults';
import { HEADER_DEMANDS } from './headers';
import { MATCH_DEMANDS } from './matches';
import { TRY_DEMANDS } from './tries';

const BYTES = ['spec.tls[]', 'spec.tcp[]'];
const [OF_TLS] = BYTES.map((route) => `${route}.match[]`);
const OF_SNI = /^outbound_[^_]*\d[^_]*_[^_]*_[^_]*[a-zA-Z]/;

/** What is asked of a VirtualService. */
export const VIRTUAL_SERVICE_DEMANDS: readonly Demand[] = [
  {
    at: 'spec.hosts[]',
    refuses: (host, { around }) => typeof host === 'string' && !isHost(host, around) && !isAddressText(host),
    what: 'is no host',
    fix: 'write a name such as shop.example.com, *.example.com or the name of a Service',
  },
  {
    at: ['spec.gateways', ...within(['spec.http[].match[]', ...BYTES.map((route) => `${route}.match[]`)], 'gateways')],
    refuses: (gateways) => askedFirst(textsOf(gateways)).some((name) => !isGatewayName(name)),
    what: 'has what is no name of a Gateway',
    fix: `write namespace/name, the name alone for one of its own namespace, or ${MESH}`,
  },
  {
    at: 'spec.http[].delegate',
    refuses: (_, { around }) => textsOf(fieldsOf(around.at(-1)?.spec).hosts).length === 0,
    what: 'is in a VirtualService without hosts, which is a delegate itself',
    fix: 'write hosts, or lead to a destination',
  },
  {
    at: BYTES,
    refuses: (route) => listOf(fieldsOf(route).route).length === 0,
    what: 'leads nowhere',
    fix: 'write route with a destination',
  },
  {
    at: `${OF_TLS}.sniHosts[]`,
    refuses: (name, { around }) => typeof name === 'string' && !isAddressText(name) && !isHost(name, around),
    what: 'is no name of a server',
    fix: 'write a name such as shop.example.com',
  },
  {
    at: `${OF_TLS}.sniHosts[]`,
    refuses: (name, { around }) => typeof name === 'string' && !isAddressText(name) && isHost(name, around) && !isAmongHosts(name, around),
    what: 'is not among the hosts of the VirtualService',
    fix: 'write it in hosts as well, or a name under one of them',
  },
  ...exportDemands(false),
  ...MATCH_DEMANDS,
  ...DESTINATION_DEMANDS,
  ...HEADER_DEMANDS,
  ...ANSWER_DEMANDS,
  ...FAULT_DEMANDS,
  ...TRY_DEMANDS,
  ...CORS_DEMANDS,
];

function specIn(around: Place['around']): Fields {
  return fieldsOf(around.at(-1)?.spec);
}

/** Gateways that pass TLS on between networks ask for names of their own kind. */
function isHost(text: string, around: Place['around']): boolean {
  const { gateways, tls } = specIn(around);
  const names = textsOf(gateways);
  const isAtGateway = names.length > 0 && !names.includes(MESH);
  const asksForNames = listOf(tls).some(({ match }) => listOf(match).some(({ sniHosts }) => isSaid(sniHosts)));
  if (isAtGateway && asksForNames && text.startsWith('outbound_')) return OF_SNI.test(text);
  return isHostWithStar(text);
}

/** Istio looks at names with a namespace, and ends with the first without one. */
function askedFirst(names: readonly string[]): readonly string[] {
  const first = names.findIndex((name) => !name.includes('/'));
  return first < 0 ? names : names.slice(0, first + 1);
}

function isGatewayName(text: string): boolean {
  const slash = text.indexOf('/');
  return slash < 0 ? isDnsName(text) : isDnsLabel(text.slice(0, slash)) && isDnsLabel(text.slice(slash + 1));
}

function isAmongHosts(name: string, around: Place['around']): boolean {
  return textsOf(specIn(around).hosts).some((host) => {
    if (!host.startsWith('*')) return name === host;
    return name.startsWith('*') ? name.length >= host.length && name.slice(1).endsWith(host.slice(1)) : name.endsWith(host.slice(1));
  });
}
