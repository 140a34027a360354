import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { isAddressText, isBadSocket, isSocket } from '../values/addresses';
import { isNoPort } from '../values/amounts';
import { isServerHost } from '../values/hosts-with-namespace';
import { isDnsLabel } from '../values/names';
import { isNoProtocol, speaksHttp, speaksTls } from '../values/protocols';
import type { Demand } from './demand';
import { serverTlsDemands } from './server-tls';

const SERVERS = 'spec.servers[]';
const PASSED = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/** What is asked of a Gateway of Istio. */
export const GATEWAY_DEMANDS: readonly Demand[] = [
  {
    at: 'metadata.name',
    refuses: (name) => typeof name === 'string' && !isDnsLabel(name),
    what: 'is no name of a Gateway',
    fix: 'write letters, digits and dashes, 63 at most: no dots',
  },
  {
    at: 'spec',
    refuses: (spec) => listOf(fieldsOf(spec).servers).length === 0,
    what: 'has no server',
    fix: 'write servers with a port and hosts',
  },
  {
    at: 'spec.servers',
    refuses: (servers) => hasTwins(listOf(servers).flatMap(({ port }) => (isSaid(port) ? [textOf(fieldsOf(port).name) ?? ''] : []))),
    what: 'has two ports of one name',
    fix: 'give each port a name of its own',
  },
  {
    at: SERVERS,
    refuses: (server) => textsOf(fieldsOf(server).hosts).length === 0,
    what: 'has no hosts',
    fix: 'write hosts, such as shop.example.com; "*" means all',
  },
  {
    at: `${SERVERS}.hosts[]`,
    refuses: (host) => typeof host === 'string' && !isServerHost(host),
    what: 'is no host of a server',
    fix: 'write a whole name such as shop.example.com, *.example.com or "*", after namespace/ where one is meant',
  },
  ...portDemands(),
  {
    at: `${SERVERS}.bind`,
    refuses: (bind, { around }) => isNoBind(bind, numberOf(fieldsOf(around[0].port).number) ?? 0),
    what: 'is neither an address nor a socket',
    fix: 'write an address, or unix:// with a whole path and port.number 0',
  },
  ...serverTlsDemands([`${SERVERS}.tls`]),
  {
    at: `${SERVERS}.tls`,
    refuses: (tls, { around }) =>
      isInPlain(around[0]) && !(speaksHttp(fieldsOf(around[0].port).protocol) && isRedirectAlone(fieldsOf(tls))),
    what: 'is TLS at a port of another protocol than HTTPS and TLS',
    fix: 'write protocol: HTTPS or TLS, or leave tls out; at a port of HTTP it may have httpsRedirect alone',
  },
];

function portDemands(): Demand[] {
  return [
    {
      at: SERVERS,
      refuses: (server) => !isSaid(fieldsOf(server).port),
      what: 'has no port',
      fix: 'write port with number, name and protocol',
    },
    {
      at: `${SERVERS}.port.protocol`,
      refuses: (protocol) => protocol === '' || isNoProtocol(protocol),
      what: 'is no protocol that Istio knows',
      fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL',
    },
    {
      at: `${SERVERS}.port`,
      refuses: (port, { around }) => {
        const number = numberOf(fieldsOf(port).number) ?? 0;
        return isNoPort(number) && (number > 0 || !isSocket(textOf(around[0].bind) ?? ''));
      },
      what: 'has no number from 1 to 65535',
      fix: 'write number',
    },
    ...portNameDemands(),
  ];
}

function portNameDemands(): Demand[] {
  return [
    {
      at: `${SERVERS}.port`,
      refuses: (port) => fieldsOf(port).name === '',
      what: 'has an empty name',
      fix: 'write a name of its own, such as https',
    },
    {
      at: `${SERVERS}.port.targetPort`,
      refuses: (port) => typeof port === 'number' && port > 0,
      what: 'means nothing at a Gateway',
      fix: 'remove it; the Service of the gateway leads to its pods',
    },
  ];
}

function hasTwins(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

function isNoBind(bind: unknown, number: number): boolean {
  if (typeof bind !== 'string' || bind === '') return false;
  return isSocket(bind) ? isBadSocket(bind) || number !== 0 : !isAddressText(bind);
}

function isInPlain({ port }: Fields): boolean {
  const { protocol } = fieldsOf(port);
  return !speaksTls(protocol) && !isNoProtocol(protocol) && isSaid(protocol);
}

function isRedirectAlone({ mode = 'PASSTHROUGH', ...tls }: Fields): boolean {
  return PASSED.includes(String(mode)) && !['caCertificates', 'privateKey', 'serverCertificate'].some((key) => textOf(tls[key]));
}
