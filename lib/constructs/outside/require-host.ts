import type { Construct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import { isBytes, isUdp, isWildcard } from '../../planes/outside/external-protocols';
import { planeOf } from '../../planes/plane-of';
import { requireDnsLength } from '../../support/bounds/dns-length';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import type { ExternalPort } from '../../values/edge/external-port';
import { knownNamespace } from '../namespace/namespace-of';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})+$`);

/** A full name, or a wildcard for all names below one, or one that is known only later. */
export function requireHost(at: Construct, host: string): string {
  if (isDeferred(host)) return host;
  if (!NAME.test(host) || /^[0-9.]+$/.test(host)) {
    throw new MeshError({
      code: 'MESH023',
      at,
      what: 'an external host is a full name in lower case, without scheme and port',
      got: host,
      fix: /^[0-9.]+$/.test(host)
        ? `declare addresses as new ExternalNetwork(…, { addresses: ['${host}'], ports: [ExternalPort.tcp(80)] })`
        : 'write for example api.example.com, or *.example.com for all names below it',
    });
  }
  if (!host.includes('.svc.')) return requireDnsLength(at, 'host', host);
  throw new MeshError({
    code: 'MESH053',
    at,
    what: 'an external host is none in the cluster',
    got: host,
    fix: 'declare an UnmeshedService or a MeshedService instead',
  });
}

/** Ports that a name can have, each once. */
export function requireHostPorts(at: Construct, host: string, ports: readonly ExternalPort[]): Port[] {
  const facts = requireOnce(at, ports);
  const packets = facts.find(isUdp);
  if (packets) {
    throw new MeshError({
      code: 'MESH787',
      at,
      what: 'no proxy handles UDP, and the network layer knows addresses, not names',
      got: `port ${packets.number} of ${host}`,
      fix: "open it to addresses: new ExternalNetwork(…, { addresses: ['0.0.0.0/0'], ports: [ExternalPort.udp(…)] })",
    });
  }
  const bytes = isDeferred(host) || !isWildcard(host) ? undefined : facts.find(isBytes);
  if (!bytes) return facts;
  throw new MeshError({
    code: 'MESH789',
    at,
    what: 'a wildcard stands for names that connections carry, by TLS or HTTP',
    got: `port ${bytes.number} of ${host}, where bytes carry none`,
    fix: 'name the hosts one by one, with their addresses; or declare the addresses as an ExternalNetwork',
  });
}

/** Facts of ports, each of a number of its own. */
export function requireOnce(at: Construct, ports: readonly ExternalPort[]): Port[] {
  const facts = ports.map((port) => port._facts);
  const isSame = (one: Port, other: Port): boolean => one.number === other.number && isUdp(one) === isUdp(other);
  const twice = facts.find((port, index) => facts.slice(0, index).some((other) => isSame(port, other)))?.number;
  if (twice === undefined) return facts;
  throw new MeshError({ code: 'MESH052', at, what: 'each port of a host is named once', got: twice, fix: 'drop one of them' });
}
/** A Secret is for a gateway: its account may be let to it, while that of a caller would get all Secrets of its namespace. */
export function requireGatewayWithSecret(at: Construct, { host, ports, through }: PartyFacts): void {
  const withSecret = ports.find(({ origination }) => origination?.credentialName !== undefined);
  if (!withSecret || through) return;
  throw new MeshError({
    code: 'MESH816',
    at,
    what: 'a certificate in a Secret is for an egress gateway: proxies of callers would have to read all Secrets of their namespace',
    got: `credentialName for ${host}, which is called without a gateway`,
    fix: 'declare the host through an EgressGateway, in the namespace of the Secret; in sidecar mode files do as well: clientCertificate and privateKey',
  });
}

/** Certificates in files are those of pods with a proxy of their own: nobody mounts files into a waypoint. */
export function requireProxyWithFiles(at: Construct, { host, ports, namespaceName }: PartyFacts): void {
  const withFile = ports.find(
    ({ origination }) => origination?.clientCertificate !== undefined || origination?.caCertificates !== undefined,
  );
  if (!withFile || planeOf(knownNamespace(at, namespaceName).facts).podsHoldProxies) return;
  throw new MeshError({
    code: 'MESH810',
    at,
    what: 'files of certificates are in the proxies of pods, which exist in sidecar mode',
    got: `tlsOrigination with files for ${host}, where a waypoint begins TLS`,
    fix: 'declare the host in a namespace with DataPlane.sidecar(); or let the application begin TLS itself, with ExternalPort.https()',
  });
}
