import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { LimitPlace } from '../../../model/limits/limits';
import type { PartyFacts } from '../../../model/party';
import type { Port } from '../../../model/port';
import { planeOf } from '../../../planes/plane-of';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import type { IngressGateway } from '../../edge/ingress-gateway';
import type { MeshedService } from '../../service/meshed-service';

/** Whose requests a limit is about. */
interface Asked {
  readonly service?: MeshedService;
  readonly gateway?: IngressGateway;
  readonly port?: number;
}

/** Whose proxies limit requests, and which of them. */
export interface Limited {
  readonly owner: MeshedService | IngressGateway;
  readonly party: PartyFacts;
  readonly place: LimitPlace;
  /** The ports that are meant; none at a gateway. */
  readonly ports: readonly Port[];
}

/** Finds the proxies that are to limit requests, and refuses where none can. */
export function limitedBy(at: Construct, asked: Asked): Limited {
  const owner = ownerOf(at, asked);
  if (owner.node.root !== at.node.root)
    refuse(at, 'MESH744', 'a limit stands in the App of whom it is about', `${owner.node.path} of another App`, 'declare it beside that');
  const party = partyOf(at, owner, MeshGraph.of(at));
  if (!asked.service) return { owner, party, place: gatewayPlace(party), ports: [] };
  requirePatchedProxies(at, party);
  const ports = httpPorts(at, party, asked.port);
  const podPorts = [...new Set(ports.map(({ targetPort }) => targetPort))].sort((one, other) => one - other);
  return { owner, party, place: { podLabels: party.podLabels!, podPorts }, ports };
}

function gatewayPlace({ name, podLabels, isIstioGateway }: PartyFacts): LimitPlace {
  return { gatewayName: name, gatewayPods: isIstioGateway ? podLabels : undefined };
}

function ownerOf(at: Construct, { service, gateway, port }: Asked): Limited['owner'] {
  const said = Object.entries({ service, gateway, port }).filter(([, value]) => value !== undefined);
  if (service && !gateway) return service;
  if (gateway && said.length === 1) return gateway;
  return refuse(
    at,
    'MESH736',
    'a limit holds for the requests to one service, on all its ports or one, or for all those through one gateway',
    said.map(([name]) => name).join(' and ') || 'neither service nor gateway',
    gateway ? 'leave out one of them; a second limit may hold for the other' : 'set service or gateway',
  );
}

function requirePatchedProxies(at: Construct, { name, namespaceName }: PartyFacts): void {
  if (planeOf(MeshGraph.of(at).namespaces.get(namespaceName)!).patchesProxies) return;
  refuse(
    at,
    'MESH737',
    'Envoy limits requests by an EnvoyFilter, which Istio supports at sidecars and gateways and at no waypoint; ztunnel reads no requests',
    `service ${name} in ambient mode`,
    'limit them at the gateway that they come through, or put the service into a namespace with DataPlane.sidecar()',
  );
}

function httpPorts(at: Construct, { name, ports }: PartyFacts, asked: number | undefined): readonly Port[] {
  const found = ports.filter((port) => port.readsHttp && (asked === undefined || port.number === asked));
  if (found.length > 0) return found;
  const http = ports.filter(({ readsHttp }) => readsHttp).map(({ number }) => number);
  return refuse(
    at,
    'MESH738',
    'a limit holds on ports that speak HTTP',
    `${asked === undefined ? 'no HTTP port' : `port ${asked}`} of ${name}`,
    http.length > 0
      ? `name one of its HTTP ports: ${http.join(', ')}`
      : 'declare a port that speaks HTTP with MeshPort.http, http2 or grpc',
  );
}

function refuse(at: Construct, code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
