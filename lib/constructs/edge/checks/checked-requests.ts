import type { IConstruct } from 'constructs';
import type { ListenerFacts } from '../../../model/edge/listener';
import type { GatewayCheckStatement } from '../../../model/edge/gateway-check';
import { requireExposedHost } from '../../../support/bounds/exposed-host';
import { MeshError } from '../../../support/mesh-error';
import { requireOptions } from '../../../support/options/require-options';
import { sortedBy } from '../../../support/ordering';
import type { HttpAccess } from '../../../values/access/http-access';
import { GATEWAY_REQUESTS, type GatewayRequests } from './gateway-requests';

/** A listener whose requests are read. Whoever comes to a redirect learns the address of HTTPS, and nothing else. */
export const readsRequests = ({ kind }: ListenerFacts): boolean => kind === 'https' || kind === 'http';

/** The requests of a check, of a gateway that reads requests on some ports. */
export function checkedRequests(
  at: IConstruct,
  requests: GatewayRequests,
  ports: readonly number[],
): Pick<GatewayCheckStatement, 'hosts' | 'http'> {
  requireOptions(at, requests, GATEWAY_REQUESTS);
  const { hosts = [], http } = requests;
  requireSome(at, requests);
  requireReading(at, ports);
  requireCheckable(at, http ?? []);
  return {
    hosts: sortedBy(new Set(hosts.map((host) => requireWhole(at, requireExposedHost(at, host)))), (host) => host),
    http: http?.map(({ _facts }) => _facts),
  };
}

function requireSome(at: IConstruct, requests: GatewayRequests): void {
  const [empty] = Object.entries(requests).filter(([, value]) => (value as unknown[] | undefined)?.length === 0);
  if (!empty) return;
  throw new MeshError({
    code: 'MESH843',
    at,
    what: 'requests at a gateway are meant by one host or one kind of them at least',
    got: `${empty[0]}: []`,
    fix: `leave ${empty[0]} out to mean all`,
  });
}

function requireCheckable(at: IConstruct, http: readonly HttpAccess[]): void {
  const [hosts] = http.flatMap(({ _facts }) => (_facts.hosts ? [_facts.hosts.join(', ')] : []));
  const [template] = http.flatMap(({ _facts }) => _facts.paths.filter((path) => path.includes('{')));
  if (hosts === undefined && template === undefined) return;
  throw new MeshError({
    code: 'MESH863',
    at,
    what: 'requests at a gateway are meant by hosts beside http, and by paths without {*} and {**}, which a request with a [ in its path passes by',
    got: hosts === undefined ? template! : `hosts ${hosts} of HttpAccess`,
    fix: 'say hosts beside http; name what the paths begin with, for example /accounts',
  });
}

function requireReading(at: IConstruct, ports: readonly number[]): void {
  if (ports.length > 0) return;
  throw new MeshError({
    code: 'MESH844',
    at,
    what: 'a gateway checks requests where it reads them: at listeners for HTTPS, or for HTTP in the open',
    got: 'no such listener',
    fix: 'set tlsSecret or add GatewayListener.https; what comes in as bytes is checked at the service',
  });
}

// A policy compares the end of a host with what clients send, and they may send a port behind it.
function requireWhole(at: IConstruct, host: string): string {
  if (!host.startsWith('*')) return host;
  throw new MeshError({
    code: 'MESH845',
    at,
    what: 'a check at a gateway names whole hosts: with a port behind its name any host passes a policy for a wildcard',
    got: host,
    fix: 'name each host, or leave hosts out to mean all of them',
  });
}
