import type { Cluster } from '../../cluster/cluster';
import { pickingGateways } from '../../cluster/routes/istio-gateways';
import { podPort, servicesOver } from '../../cluster/services/endpoints';
import { listenersOf, tryGateway } from '../../cluster/workloads/gateways';
import type { Pod } from '../../cluster/workloads/workloads';
import type { Opening } from '../routes/server-routes';
import { type Asked, atListeners, atServers, type Entrance, isForRequests } from './entrance';

/** What somebody in the cluster sends to a port of a gateway's pods. */
export interface Knock extends Asked {
  readonly port: number;
  /** TLS of the client's own, for that host. */
  readonly isTls: boolean;
  /** It comes by mutual TLS of the mesh, in which whatever the client sends is wrapped. */
  readonly isMutual: boolean;
}

/** What is there: somebody who takes it, nobody, for a reason, or what nobody can tell. */
export interface Found {
  readonly entrance?: Entrance;
  /** What is the matter: `nothing listens on port 8080 of`. */
  readonly why?: string;
  readonly unknown?: string;
}

/** By all that opens ports of these pods, whoever wrote it: a proxy knows no difference between one Gateway and several. */
export function foundAt(cluster: Cluster, pod: Pod, knock: Knock): Found {
  const made = tryGateway(cluster, pod.key);
  const gateway = made === pod ? made : undefined;
  const listeners = gateway ? listenersOf(cluster, gateway).filter(({ port }) => port === knock.port) : [];
  const { openings, unknown } = openingsAt(cluster, pod, knock.port);
  if (unknown !== undefined) return { unknown };
  if (gateway && listeners.length > 0 && openings.length > 0) return { unknown: `port ${knock.port} is of Gateways of both kinds` };
  const speeches =
    gateway && listeners.length > 0 ? listeners.map(({ protocol }) => BY_PROTOCOL[protocol] ?? 'bytes') : openings.map(speechOf);
  const [speech, ...others] = new Set(speeches);
  if (speech === undefined) return { why: `nothing listens on ${portOf(knock)}` };
  if (others.length > 0) return { unknown: `of several Gateways, each reads port ${knock.port} in another way` };
  const entrance =
    gateway && listeners.length > 0 ? atListeners(cluster, gateway, listeners, knock) : atServers(cluster, openings, pod, knock);
  return (
    unreadIn(speech, knock, entrance) ??
    (entrance ? { entrance } : { why: `no server for ${knock.sni ?? knock.host} is on ${portOf(knock)}` })
  );
}

/** What is said in a way that nobody there reads. */
function unreadIn(speech: Speech, { isTls, isMutual, port }: Knock, entrance: Entrance | undefined): Found | undefined {
  const isEncrypted = isTls || isMutual;
  if (speech === 'bytes' ? isMutual : (speech === 'TLS') !== isEncrypted) return { why: `${speech} alone is read on port ${port} of` };
  if (!isMutual || !entrance) return undefined;
  if (!entrance.isForMesh && entrance.passesTls) return { unknown: `port ${port} of a gateway takes another TLS than that of the mesh` };
  if (!entrance.isForMesh) return { why: `a certificate that the mesh does not trust is shown on port ${port} of` };
  return isTls && entrance.readsRequests ? { why: `HTTP alone is read on port ${port} of` } : undefined;
}

const portOf = ({ port }: Knock): string => `port ${port} of`;

type Speech = 'HTTP' | 'TLS' | 'bytes';

const BY_PROTOCOL: Readonly<Record<string, Speech>> = { HTTP: 'HTTP', HTTPS: 'TLS', TLS: 'TLS' };

function speechOf({ server }: Opening): Speech {
  if (server.isTls) return 'TLS';
  return isForRequests(server) ? 'HTTP' : 'bytes';
}

/** The servers that listen on a port of the pods: where a Service leads to another one, that is where a server of its port listens. */
function openingsAt(cluster: Cluster, pod: Pod, port: number): { readonly openings: Opening[]; readonly unknown?: string } {
  const all = pickingGateways(cluster, pod).flatMap((gateway) => gateway.servers.map((server) => ({ gateway, server })));
  const found = all
    .map((opening) => ({ opening, ports: portsOf(cluster, pod, opening.server.port) }))
    .filter(({ ports }) => ports.includes(port));
  const openings = found.map(({ opening }) => opening);
  if (found.some(({ ports }) => ports.length > 1)) return { openings, unknown: `Services lead from one port to several of ${pod.key}` };
  const bound = openings.find(({ server }) => !EVERYWHERE.includes(server.bind));
  return bound ? { openings, unknown: `a server of Gateway ${bound.gateway.key} binds to ${bound.server.bind} alone` } : { openings };
}

const EVERYWHERE: readonly string[] = ['', '0.0.0.0', '::'];

// Whoever has this label on a Service means ports of pods by his servers.
const UNTRANSLATED = 'experimental.istio.io/disable-gateway-port-translation';

function portsOf(cluster: Cluster, pod: Pod, number: number | undefined): number[] {
  if (number === undefined) return [];
  const services = servicesOver(cluster, pod).filter(({ labels }) => !(UNTRANSLATED in labels));
  const targets = services.flatMap(({ ports }) => ports.filter((one) => one.number === number).flatMap((one) => podPort(one, pod) ?? []));
  return targets.length > 0 ? [...new Set(targets)] : [number];
}
