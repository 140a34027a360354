import { type Fields, fieldsOf, isSaid, textOf } from '../../../cluster/objects/fields';
import { isAddressText, isBadSocket, isSocket } from '../values/addresses';
import { isNegative, isNoPort } from '../values/amounts';
import { hasNoLabels } from '../values/labels';
import { isDnsLabel, isDnsName } from '../values/names';
import type { Demand } from './demand';

const PROBES = ['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'].map(
  (key) => `spec.probe.${key}`,
);
const METHODS = ['httpGet', 'tcpSocket', 'exec'];
const LABELS = { what: 'has what can be no label of a pod', fix: 'write letters, digits, -, _ and ., with a letter or digit at both ends' };

/** What is asked of the address and the ports of whatever is no pod, which stand in this field. */
export function addressDemands(at: string): Demand[] {
  return [
    ...socketDemands(at),
    {
      at,
      refuses: (entry) => !textOf(fieldsOf(entry).address) && !textOf(fieldsOf(entry).network),
      what: 'has no address',
      fix: 'write address; it may be left out where network says which one it is in',
    },
  ];
}

function socketDemands(at: string): Demand[] {
  return [
    {
      at: `${at}.address`,
      refuses: (address) => typeof address === 'string' && isBadSocket(address),
      what: 'is no socket',
      fix: 'write unix:/// and its whole path, or unix://@ and its name',
    },
    {
      at,
      refuses: (entry) => isSocket(textOf(fieldsOf(entry).address) ?? '') && isSaid(fieldsOf(entry).ports),
      what: 'has ports beside a socket',
      fix: 'remove the ports',
    },
    {
      at: `${at}.ports`,
      refuses: (ports) => Object.keys(fieldsOf(ports)).some((name) => !isDnsLabel(name) || name.length === 63),
      what: 'has what is no name of a port',
      fix: 'write letters, digits and dashes, 62 at most',
    },
    { at: `${at}.ports{}`, refuses: isNoPort, what: 'is no port', fix: 'write a number from 1 to 65535' },
  ];
}

/** What is asked of a WorkloadEntry. */
export const ENTRY_DEMANDS: readonly Demand[] = [
  ...addressDemands('spec'),
  {
    at: 'spec.address',
    refuses: (address) =>
      typeof address === 'string' && address !== '' && !isSocket(address) && !isAddressText(address) && !isDnsName(address),
    what: 'is neither an address nor a whole host',
    fix: 'write where the workload is',
  },
  { at: 'spec.labels', refuses: hasNoLabels, ...LABELS },
];

/** What is asked of a WorkloadGroup. */
export const GROUP_DEMANDS: readonly Demand[] = [
  ...socketDemands('spec.template'),
  { at: 'spec.metadata.labels', refuses: hasNoLabels, ...LABELS },
  { at: PROBES, refuses: isNegative, what: 'is below zero', fix: 'write a whole number' },
  {
    at: 'spec.probe',
    refuses: (probe) => METHODS.every((key) => !isSaid(fieldsOf(probe)[key])),
    what: 'does not say how to probe',
    fix: 'write httpGet, tcpSocket or exec',
  },
  {
    at: ['spec.probe.httpGet', 'spec.probe.tcpSocket'],
    refuses: (probe) => !isSaid(fieldsOf(probe).port) || isNoPort(fieldsOf(probe).port),
    what: 'has no port from 1 to 65535',
    fix: 'write port',
  },
  {
    at: 'spec.probe.httpGet.scheme',
    refuses: (scheme) => typeof scheme === 'string' && !['', 'HTTP', 'HTTPS'].includes(scheme),
    what: 'is no scheme',
    fix: 'write HTTP or HTTPS',
  },
  {
    at: 'spec.probe.httpGet.httpHeaders[]',
    refuses: (header) => isNoHeader(fieldsOf(header)),
    what: 'has no name of a header',
    fix: 'write letters, digits and dashes',
  },
  { at: 'spec.probe.exec', refuses: (exec) => isEmptyList(fieldsOf(exec).command), what: 'has no command', fix: 'write command' },
];

function isNoHeader({ name }: Fields): boolean {
  return !/^[-A-Za-z0-9]+$/.test(textOf(name) ?? '');
}

function isEmptyList(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0;
}
