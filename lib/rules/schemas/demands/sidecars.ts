import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf } from '../../../cluster/objects/fields';
import { isAddressText, isBadSocket, isSocket } from '../values/addresses';
import { isNoPort } from '../values/amounts';
import { isListenedHost } from '../values/hosts-with-namespace';
import { isDnsLabel, isDnsName, isHostWithStar } from '../values/names';
import { isNoProtocol, speaksTls } from '../values/protocols';
import type { Demand } from './demand';
import { poolDemands } from './pools';
import { serverTlsDemands } from './server-tls';

const [IN, OUT] = ['spec.ingress[]', 'spec.egress[]'];
const SELF = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];
const NOT_HERE = ['subjectAltNames', 'credentialNames', 'tlsCertificates'];

/** What is asked of a Sidecar, but for its selector. */
export const SIDECAR_DEMANDS: readonly Demand[] = [
  {
    at: 'spec',
    refuses: (spec) =>
      ['egress', 'ingress', 'outboundTrafficPolicy', 'inboundConnectionPool'].every((key) => isNothing(fieldsOf(spec)[key])),
    what: 'says nothing',
    fix: 'write egress, ingress, outboundTrafficPolicy or inboundConnectionPool; with none of them delete the Sidecar',
  },
  ...ingressDemands(),
  ...egressDemands(),
  ...poolDemands(['spec.inboundConnectionPool', `${IN}.connectionPool`]),
  {
    at: [`${IN}.port.protocol`, `${OUT}.port.protocol`],
    refuses: isNoProtocol,
    what: 'is no protocol that Istio knows',
    fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL',
  },
  {
    at: [`${IN}.port.name`, `${OUT}.port.name`],
    refuses: (name) => typeof name === 'string' && name !== '' && !isDnsLabel(name),
    what: 'is no name of a port',
    fix: 'write letters, digits and dashes',
  },
  {
    at: [`${IN}.port.targetPort`, `${OUT}.port.targetPort`],
    refuses: (port) => typeof port === 'number' && port > 0,
    what: 'means nothing in a Sidecar',
    fix: 'remove it',
  },
  ...proxyDemands(),
];

function ingressDemands(): Demand[] {
  return [
    { at: IN, refuses: (listener) => !isSaid(fieldsOf(listener).port), what: 'has no port', fix: 'write port with number and protocol' },
    {
      at: `${IN}.port`,
      refuses: (port) => isNoPort(numberOf(fieldsOf(port).number) ?? 0),
      what: 'has no number from 1 to 65535',
      fix: 'write number',
    },
    {
      at: 'spec.ingress',
      refuses: (listeners) => hasTwins(listOf(listeners).flatMap(({ port }) => (isSaid(port) ? [numberOf(fieldsOf(port).number)] : []))),
      what: 'has two listeners of one port',
      fix: 'write one listener for each port',
    },
    {
      at: `${IN}.bind`,
      refuses: (bind) => typeof bind === 'string' && bind !== '' && !isAddressText(bind),
      what: 'is no address',
      fix: 'write an address of the pod',
    },
    {
      at: `${IN}.defaultEndpoint`,
      refuses: (endpoint) => typeof endpoint === 'string' && endpoint !== '' && !isOwnEndpoint(endpoint),
      what: 'is no place of the pod itself',
      fix: 'write 127.0.0.1:8080 or 0.0.0.0:8080 with the port of the application, or unix:// with a whole path',
    },
    ...ingressTlsDemands(),
  ];
}

function ingressTlsDemands(): Demand[] {
  return [
    ...serverTlsDemands([`${IN}.tls`]),
    {
      at: `${IN}.tls`,
      refuses: (tls, { around }) => isForGateways(fieldsOf(tls)) || !speaksTls(fieldsOf(around[0].port).protocol),
      what: 'says what a Sidecar cannot, or is at a port of another protocol than HTTPS and TLS',
      fix: 'write mode SIMPLE or MUTUAL with files, and protocol: HTTPS or TLS',
    },
  ];
}

function egressDemands(): Demand[] {
  return [
    {
      at: `${OUT}.hosts[]`,
      refuses: (host) => typeof host === 'string' && !isListenedHost(host),
      what: 'is no host of a Sidecar',
      fix: 'write namespace/host with a whole host or *: ./* for its own namespace, shop/*, */cart.shop.svc.cluster.local',
    },
    {
      at: `${OUT}.port`,
      refuses: (port, { around }) => isNoListener(numberOf(fieldsOf(port).number) ?? 0, textOf(around[0].bind) ?? '', around[0]),
      what: 'and bind are no place to listen at',
      fix: 'write a number from 1 to 65535 and an address in bind, or number 0 and unix:// with a whole path',
    },
    {
      at: 'spec.egress',
      refuses: (listeners) => hasTwins(listOf(listeners).flatMap((listener) => placesOf(listener))),
      what: 'has two listeners of one port or socket',
      fix: 'write one listener for each',
    },
  ];
}

function proxyDemands(): Demand[] {
  const proxy = 'spec.outboundTrafficPolicy.egressProxy';
  return [
    {
      at: proxy,
      refuses: (_, { around }) => around[0].mode !== 'ALLOW_ANY',
      what: 'is asked under ALLOW_ANY alone',
      fix: 'write mode: ALLOW_ANY beside it, or remove it',
    },
    {
      at: proxy,
      refuses: (said) => !isDnsName(textOf(fieldsOf(said).host) ?? '') || !isHostWithStar(textOf(fieldsOf(said).host) ?? ''),
      what: 'has no whole host',
      fix: 'write the host of the proxy',
    },
    {
      at: proxy,
      refuses: (said) => isNoPort(numberOf(fieldsOf(fieldsOf(said).port).number) ?? 0),
      what: 'has no port',
      fix: 'write port.number',
    },
  ];
}

function isNothing(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !isSaid(value);
}

function hasTwins(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length;
}

function isForGateways({ mode, httpsRedirect, credentialName, ...tls }: Fields): boolean {
  const has = NOT_HERE.some((key) => !isNothing(tls[key]));
  return has || httpsRedirect === true || Boolean(textOf(credentialName)) || mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH';
}

function isOwnEndpoint(text: string): boolean {
  if (isSocket(text)) return !isBadSocket(text);
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d+)$/.exec(text) ?? [];
  return port !== undefined && !isNoPort(Number(port)) && SELF.includes(bracketed ?? plain);
}

function isNoListener(number: number, bind: string, { captureMode = 'DEFAULT' }: Fields): boolean {
  if (number !== 0) return isNoPort(number) || (bind !== '' && !isAddressText(bind));
  return !isSocket(bind) || isBadSocket(bind) || !['DEFAULT', 'NONE'].includes(String(captureMode));
}

function placesOf({ port, bind }: Fields): (string | number)[] {
  if (!isSaid(port)) return [];
  const number = numberOf(fieldsOf(port).number) ?? 0;
  return [number === 0 ? `socket ${textOf(bind) ?? ''}` : number];
}
