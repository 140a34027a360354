import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { isAddressText, isBlockText, isSocket } from '../values/addresses';
import { isNoPort } from '../values/amounts';
import { hasNoLabels } from '../values/labels';
import { isDnsLabel, isDnsName, isHostWithStar } from '../values/names';
import { isNoProtocol } from '../values/protocols';
import type { Demand } from './demand';
import type { Place } from './places';
import { addressDemands } from './workloads';

const ENDPOINTS = 'spec.endpoints[]';
const BY_DNS: readonly unknown[] = ['DNS', 'DNS_ROUND_ROBIN'];
const PROXIED = ['http', 'tls', 'grpc', 'http2'];
const WAYPOINT = 'istio.io/use-waypoint';

/** What is asked of a ServiceEntry, but for its selector and its namespaces. */
export const SERVICE_DEMANDS: readonly Demand[] = [
  {
    at: 'spec',
    refuses: (spec) => textsOf(fieldsOf(spec).hosts).length === 0,
    what: 'has no hosts',
    fix: 'write hosts',
  },
  {
    at: 'spec.hosts[]',
    refuses: (host) => typeof host === 'string' && (host === '*' || !isHostWithStar(host)),
    what: 'is no host of a ServiceEntry',
    fix: 'write a name such as api.example.com or *.example.com',
  },
  {
    at: 'spec.addresses[]',
    refuses: (address) => typeof address === 'string' && !isBlockText(address),
    what: 'is neither an address nor a block of them',
    fix: 'write for example 240.0.0.1 or 10.0.0.0/8',
  },
  ...portDemands(),
  ...addressDemands(ENDPOINTS),
  {
    at: `${ENDPOINTS}.address`,
    refuses: (address, { around }) =>
      resolutionIn(around) === 'STATIC' && typeof address === 'string' && address !== '' && !isSocket(address) && !isAddressText(address),
    what: 'is no address, which resolution STATIC wants',
    fix: 'write an address, or resolution: DNS',
  },
  {
    at: ENDPOINTS,
    refuses: (endpoint, { around }) => isOfDns(around) && isNoName(textOf(fieldsOf(endpoint).address) ?? ''),
    what: 'has neither a whole name nor an address, which resolution DNS wants',
    fix: 'write address',
  },
  {
    at: `${ENDPOINTS}.ports`,
    refuses: (ports, { around }) => Object.keys(fieldsOf(ports)).some((name) => !portNames(around).includes(name)),
    what: 'names a port that the ServiceEntry has not',
    fix: 'write the names of spec.ports',
  },
  {
    at: `${ENDPOINTS}.address`,
    refuses: (address, { around }) => resolutionIn(around) === 'STATIC' && isSocket(String(address)) && portNames(around).length !== 1,
    what: 'is a socket, which serves one port',
    fix: 'write one port in spec.ports',
  },
  {
    at: `${ENDPOINTS}.labels`,
    refuses: hasNoLabels,
    what: 'has what can be no label of a pod',
    fix: 'write letters, digits, -, _ and ., with a letter or digit at both ends',
  },
  ...dynamicDemands(),
];

function portDemands(): Demand[] {
  return [
    {
      at: 'spec.ports[].name',
      refuses: (name) => typeof name === 'string' && !isDnsLabel(name),
      what: 'is no name of a port',
      fix: 'write letters, digits and dashes',
    },
    {
      at: 'spec.ports[].protocol',
      refuses: isNoProtocol,
      what: 'is no protocol that Istio knows',
      fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL',
    },
    {
      at: ['spec.ports[].number', 'spec.ports[].targetPort'],
      refuses: isNoPort,
      what: 'is no port',
      fix: 'write a number from 1 to 65535',
    },
  ];
}

function dynamicDemands(): Demand[] {
  const isDynamic = (spec: unknown) => fieldsOf(spec).resolution === 'DYNAMIC_DNS';
  return [
    {
      at: 'spec',
      refuses: (spec) => isDynamic(spec) && textsOf(fieldsOf(spec).hosts).some((host) => !host.startsWith('*')),
      what: 'has a host without a star, and resolution DYNAMIC_DNS is for those with one',
      fix: 'write resolution: DNS, or *.example.com',
    },
    {
      at: 'spec',
      refuses: (spec) => isDynamic(spec) && ['addresses', 'endpoints'].some((key) => isFull(fieldsOf(spec)[key])),
      what: 'has addresses or endpoints, and resolution DYNAMIC_DNS looks up the host of each request',
      fix: 'remove them',
    },
    {
      at: 'spec.ports[].protocol',
      refuses: (protocol, { around }) =>
        resolutionIn(around) === 'DYNAMIC_DNS' && typeof protocol === 'string' && !PROXIED.includes(protocol.toLowerCase()),
      what: 'is not among the protocols that resolution DYNAMIC_DNS can look up',
      fix: 'write HTTP, HTTP2, GRPC or TLS',
    },
    {
      at: 'spec',
      refuses: (spec, { around }) => isDynamic(spec) && fieldsOf(spec).location === 'MESH_INTERNAL' && usesWaypoint(around),
      what: 'is MESH_INTERNAL behind a waypoint, which resolution DYNAMIC_DNS cannot be',
      fix: 'write location: MESH_EXTERNAL',
    },
  ];
}

function specIn(around: Place['around']): Fields {
  return fieldsOf(around.at(-1)?.spec);
}

function resolutionIn(around: Place['around']): unknown {
  return specIn(around).resolution;
}

function isOfDns(around: Place['around']): boolean {
  return BY_DNS.includes(resolutionIn(around));
}

function isNoName(address: string): boolean {
  return !isAddressText(address) && !isDnsName(address);
}

function portNames(around: Place['around']): (string | undefined)[] {
  return listOf(specIn(around).ports).map(({ name }) => textOf(name));
}

function isFull(list: unknown): boolean {
  return listOf(list).length > 0;
}

function usesWaypoint(around: Place['around']): boolean {
  const label = textOf(fieldsOf(fieldsOf(around.at(-1)?.metadata).labels)[WAYPOINT]);
  return isSaid(label) && label !== '' && label?.toLowerCase() !== 'none';
}
