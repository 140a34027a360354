import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { MESH } from '../../../cluster/routes/gateway-keys';
import { isLikeClaim } from '../../../cluster/routes/routing-claims';
import { type Check } from './complaint';

const MEGABYTE = 2 ** 20;

export const VIRTUAL_SERVICE_CHECKS: readonly Check[] = [
  {
    fails: ({ hosts, gateways }) => textsOf(hosts).includes('*') && isForMesh(gateways),
    what: 'is for host *, which no VirtualService of the mesh may be',
    fix: 'name the hosts, or the gateway that it is for',
  },
  {
    fails: ({ http, tls, tcp }) => [http, tls, tcp].every((routes) => !isSaid(routes) || listOf(routes).length === 0),
    what: 'has no route at all',
    fix: 'write http, tls or tcp',
  },
  {
    fails: ({ tls }) =>
      listOf(tls).some(({ match }) => listOf(match).length === 0 || listOf(match).some((one) => textsOf(one.sniHosts).length === 0)),
    what: 'has a tls route without sniHosts',
    fix: 'write match with sniHosts in each tls route',
  },
  {
    fails: ({ http }) => listOf(http).some(({ directResponse }) => bytesOf(fieldsOf(fieldsOf(directResponse).body)) > MEGABYTE),
    what: 'answers with more than a megabyte',
    fix: 'let a service answer: every proxy gets this text',
  },
  {
    fails: ({ http, gateways }) => listOf(http).some(asksForClaims) && isForMeshAlone(gateways),
    what: 'asks for claims of a token, which gateways alone know',
    fix: 'write the gateway in gateways; inside the mesh match by a header',
  },
];

export const GATEWAY_CHECKS: readonly Check[] = [
  {
    fails: ({ servers }) => listOf(servers).some(({ port, tls }) => isProtocol(port, ['HTTPS', 'TLS']) && !isSaid(tls)),
    what: 'has a server for HTTPS or TLS without tls',
    fix: 'write tls with a mode and credentialName, or mode: PASSTHROUGH',
  },
];

export const SIDECAR_CHECKS: readonly Check[] = [
  {
    fails: ({ egress }) =>
      listOf(egress)
        .slice(0, -1)
        .some(({ port }) => !isSaid(port)),
    what: 'has an egress listener for all ports that is not the last',
    fix: 'put the one without port last, and write it once',
  },
  {
    fails: ({ egress }) => listOf(egress).some(({ hosts }) => Array.isArray(hosts) && hosts.length === 0),
    what: 'has an egress listener without hosts',
    fix: 'write hosts, such as ./*',
  },
];

function isForMesh(gateways: unknown): boolean {
  return textsOf(gateways).length === 0 || textsOf(gateways).includes(MESH);
}

function isForMeshAlone(gateways: unknown): boolean {
  return textsOf(gateways).every((gateway) => gateway === MESH);
}

function asksForClaims({ match }: Fields): boolean {
  const headers = listOf(match).flatMap((one) => [...Object.keys(fieldsOf(one.headers)), ...Object.keys(fieldsOf(one.withoutHeaders))]);
  return headers.some(isLikeClaim);
}

/** Text as it stands, or bytes in base64. */
function bytesOf({ string, bytes }: Fields): number {
  return Buffer.byteLength(textOf(string) ?? '') + Buffer.byteLength(textOf(bytes) ?? '', 'base64');
}

function isProtocol(port: unknown, words: readonly string[]): boolean {
  return words.includes(String(fieldsOf(port).protocol).toUpperCase());
}
