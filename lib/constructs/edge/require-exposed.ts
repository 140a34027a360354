import type { IConstruct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { hostOf } from '../../graph/mesh-settings';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';

export function requireOwnHost(at: IConstruct, { name, namespaceName, host }: PartyFacts, graph: MeshGraph): void {
  const own = hostOf(graph.useSettings(), namespaceName, name);
  if (host === undefined || host === own) return;
  refuse(
    at,
    'MESH085',
    'a gateway sends requests to a Service of this cluster',
    `${name} at ${host}`,
    `leave host out of MeshedService.fromAttributes, for ${own}, or write the route as a raw object`,
  );
}

export function requireFreeRoute(at: IConstruct, service: PartyFacts, asked: string): string {
  const routeName = requireName(at, 'route name', asked);
  const taken = MeshGraph.of(at).exposuresOf(service.key);
  if (taken.every((exposure) => exposure.routeName !== routeName)) return routeName;
  return refuse(at, 'MESH025', 'each route of a service has a name of its own', `a second ${routeName}`, 'set routeName');
}

/** The port that is meant: the first one that speaks HTTP where nobody says, or whichever there is where the gateway takes more than HTTP. */
export function requireExposedPort(at: IConstruct, service: PartyFacts, asked: number | undefined, takesBytes: boolean): Port {
  const http = service.ports.filter(({ readsHttp }) => readsHttp);
  const candidates = takesBytes ? [...http, ...service.ports] : http;
  const port = candidates.find(({ number }) => asked === undefined || number === asked);
  if (port) return port;
  const fix =
    http.length > 0
      ? `expose one of its HTTP ports: ${http.map(({ number }) => number).join(', ')}`
      : 'declare a port that speaks HTTP with MeshPort.http, http2 or grpc';
  if (asked !== undefined && !service.ports.some(({ number }) => number === asked)) {
    const got = `port ${asked}, which ${service.name} does not have`;
    refuse(at, 'MESH061', 'a gateway exposes a port that the service has', got, fix);
  }
  const got = `${asked === undefined ? 'no HTTP port' : `port ${asked}`} of ${service.name}`;
  return refuse(at, 'MESH026', 'a gateway exposes a port that speaks HTTP', got, `${fix}; ${OTHER_PROTOCOLS}`);
}

const OTHER_PROTOCOLS = 'other protocols enter by listeners of their own: GatewayListener.tcp, tls and tlsPassthrough';

function refuse(at: IConstruct, code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
