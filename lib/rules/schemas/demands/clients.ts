import { type Fields, fieldsOf, isSaid, listOf, textOf } from '../../../cluster/objects/fields';
import { isNoPercentage, isNoPort } from '../values/amounts';
import { isAddressText } from '../values/addresses';
import { hasNoLabels } from '../values/labels';
import { isDnsLabel, isDnsName, isHostWithStar } from '../values/names';
import { isNoTimespan } from '../values/timespans';
import { balancingDemands } from './balancing';
import { type Demand, within } from './demand';
import { poolDemands, TIMESPAN } from './pools';

const WHOLE = ['spec.trafficPolicy', 'spec.subsets[].trafficPolicy'];
const OF_PORTS = WHOLE.map((policy) => `${policy}.portLevelSettings[]`);
const POLICIES = [...WHOLE, ...OF_PORTS];
const FILES = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

/** What is asked of a DestinationRule. */
export const CLIENT_DEMANDS: readonly Demand[] = [
  {
    at: 'spec.host',
    refuses: (host) => typeof host === 'string' && !isHostWithStar(host),
    what: 'is no host',
    fix: 'write the name of a host, such as cart.shop.svc.cluster.local',
  },
  {
    at: 'spec.subsets[].name',
    refuses: (name) => typeof name === 'string' && !isDnsLabel(name),
    what: 'is no name of a subset',
    fix: 'write letters, digits and dashes, such as v1',
  },
  {
    at: 'spec.subsets[].labels',
    refuses: hasNoLabels,
    what: 'has what can be no label of a pod',
    fix: 'write letters, digits, -, _ and ., with a letter or digit at both ends',
  },
  ...poolDemands(within(POLICIES, 'connectionPool')),
  ...balancingDemands(within(POLICIES, 'loadBalancer')),
  {
    at: within(POLICIES, 'outlierDetection.baseEjectionTime', 'outlierDetection.interval'),
    refuses: isNoTimespan,
    ...TIMESPAN,
  },
  {
    at: within(POLICIES, 'outlierDetection.maxEjectionPercent', 'outlierDetection.minHealthPercent'),
    refuses: isNoPercentage,
    what: 'is no percentage',
    fix: 'write a number from 0 to 100',
  },
  {
    at: OF_PORTS,
    refuses: (settings) => !isSaid(fieldsOf(settings).port),
    what: 'does not say for which port it is',
    fix: 'write port.number',
  },
  {
    at: OF_PORTS,
    refuses: (settings) => !['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'].some((key) => isSaid(fieldsOf(settings)[key])),
    what: 'says nothing of its port',
    fix: 'say something of it, or leave the item out',
  },
  ...tlsDemands(within(POLICIES, 'tls')),
  ...tunnelDemands(within(WHOLE, 'tunnel')),
];

function tlsDemands(places: readonly string[]): Demand[] {
  return [
    {
      at: places,
      refuses: (tls) => fieldsOf(tls).mode === 'MUTUAL' && !textOf(fieldsOf(tls).credentialName) && lacksKey(fieldsOf(tls)),
      what: 'is MUTUAL without a certificate of the client and its key',
      fix: 'write credentialName, or clientCertificate and privateKey; mode: ISTIO_MUTUAL takes those of the mesh',
    },
    {
      at: places,
      refuses: (tls) => isOfModes(tls) && Boolean(textOf(fieldsOf(tls).credentialName)) && FILES.some((key) => textOf(fieldsOf(tls)[key])),
      what: 'has files of certificates beside credentialName',
      fix: 'keep credentialName, or the files',
    },
    {
      at: places,
      refuses: (tls) => fieldsOf(tls).insecureSkipVerify === true && verifies(fieldsOf(tls)),
      what: 'verifies nobody, and says whom to verify',
      fix: 'leave insecureSkipVerify out, or caCertificates, subjectAltNames and, under SIMPLE, credentialName',
    },
  ];
}

function tunnelDemands(places: readonly string[]): Demand[] {
  return [
    {
      at: within(places, 'protocol'),
      refuses: (protocol) => typeof protocol === 'string' && !['', 'CONNECT', 'POST'].includes(protocol),
      what: 'is no way to open a tunnel',
      fix: 'write CONNECT or POST',
    },
    {
      at: within(places, 'targetHost'),
      refuses: (host) => typeof host === 'string' && !isDnsName(host) && !isAddressText(host),
      what: 'is neither a whole host nor an address',
      fix: 'write where the tunnel leads',
    },
    { at: within(places, 'targetPort'), refuses: isNoPort, what: 'is no port', fix: 'write a number from 1 to 65535' },
  ];
}

function isOfModes(tls: unknown): boolean {
  return ['SIMPLE', 'MUTUAL'].includes(String(fieldsOf(tls).mode));
}

function lacksKey({ clientCertificate, privateKey }: Fields): boolean {
  return !textOf(clientCertificate) || !textOf(privateKey);
}

function verifies({ mode, caCertificates, credentialName, subjectAltNames }: Fields): boolean {
  const says = Boolean(textOf(caCertificates)) || listOf(subjectAltNames).length > 0;
  return mode === 'SIMPLE' ? says || Boolean(textOf(credentialName)) : mode === 'MUTUAL' && says;
}
