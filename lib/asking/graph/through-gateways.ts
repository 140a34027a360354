import type { Cluster } from '../../cluster/cluster';
import type { IstioGateway } from '../../cluster/routes/istio-gateways';
import { podPort, podsBehind } from '../../cluster/services/endpoints';
import { serviceOf } from '../../cluster/services/registry';
import { type MeshService, portOf } from '../../cluster/services/services';
import { groupedBy } from '../../support/grouping';
import { blindness, blindWaysFrom } from './blind-doors';
import { entriesAt, type Entry } from './doors';
import type { Draft } from './drafts';
import type { Fate } from './fates';
import { type Door, type Placed, placedById, serviceId } from './nodes';
import { outright, protocolOf } from './protocols';

const OUTSIDE: Placed = {
  id: 'outside',
  kind: 'outside',
  name: 'outside',
  plane: 'none',
  title: 'whoever comes in from outside the cluster',
  objects: [],
};

/** What comes in at a gateway, and where it goes on to. */
export function draftsThrough(cluster: Cluster, door: Door): Draft[] {
  const gateway = placedById(cluster).get(`gateway ${door.key}`)!;
  return entriesAt(cluster, door).flatMap((entry) => [...entering(gateway, entry), ...goingOn(cluster, gateway, entry)]);
}

const NO_ONE = { workloads: [], butNot: [], whoever: false };

function entering(gateway: Placed, { port, protocol, hosts, policies }: Entry): Draft[] {
  if (hosts.length === 0) return [];
  const enforcedAt = policies.length > 0 ? gateway.id : 'nothing';
  const fate: Fate = { requests: hosts, mtls: 'no', enforcedAt, shares: [], decidedBy: policies, routedBy: [] };
  return [{ ...NO_ONE, caller: OUTSIDE, callee: gateway.id, port, protocol, whoever: policies.length === 0, fate }];
}

interface Part {
  readonly service: MeshService;
  readonly fate: Fate;
}

/** By each Service that a route leads to: one edge for all hosts whose requests fare alike. */
function goingOn(cluster: Cluster, caller: Placed, { fates }: Entry): Draft[] {
  const parts = fates.flatMap(({ host: asked, ...fate }) => partsOf(cluster, asked, fate));
  return [...groupedBy(parts, likeness).values()].map((some): Draft => {
    const [{ service, fate }] = some;
    const requests = some.flatMap((one) => one.fate.requests);
    return { ...NO_ONE, caller, callee: serviceId(service), ...portThere(cluster, service, fate), fate: { ...fate, requests } };
  });
}

function partsOf(cluster: Cluster, asked: string, fate: Fate): Part[] {
  const requests = fate.requests.map((one) => `${asked}: ${one}`);
  return [...groupedBy(fate.shares, ({ host }) => host)].flatMap(([host, shares]) => {
    const service = serviceOf(cluster, host);
    return service ? [{ service, fate: { ...fate, shares, requests } }] : [];
  });
}

function likeness({ service, fate: { mtls, enforcedAt, shares, unknown, decidedBy, routedBy } }: Part): string {
  const objects = [...decidedBy, ...routedBy].map(({ kind, path, name }) => [kind, path, name]);
  return JSON.stringify([service.kind, service.key, mtls, enforcedAt, shares, unknown, objects]);
}

/** The port of the Service whose number the last connection has, or whose pods' number it has. */
function portThere(cluster: Cluster, service: MeshService, { shares: [{ port: number }] }: Fate): Pick<Draft, 'port' | 'protocol'> {
  const pods = podsBehind(cluster, service);
  const behind = service.ports.find((one) => pods.some((pod) => podPort(one, pod) === number));
  return spokenAt(service, behind?.number ?? number ?? 0);
}

function spokenAt(service: MeshService, number: number): Pick<Draft, 'port' | 'protocol'> {
  const port = portOf(service, number);
  return { port: number, protocol: port ? protocolOf(service, port) : 'guessed' };
}

/** The same where nobody can tell what passes. */
export function draftsPast(cluster: Cluster, gateway: IstioGateway): Draft[] {
  const node = placedById(cluster).get(`gateway ${gateway.key}`)!;
  const blind = { mtls: 'unclear', enforcedAt: 'nothing', shares: [], decidedBy: [], unknown: blindness(gateway) } as const;
  const entrances = gateway.servers.map((server): Draft => {
    const fate: Fate = { ...blind, requests: server.hosts, routedBy: [] };
    return { ...NO_ONE, caller: OUTSIDE, callee: node.id, port: server.port ?? 0, protocol: outright(server.protocol), fate };
  });
  const ways = blindWaysFrom(cluster, gateway).map(({ service, hosts, port, routedBy }): Draft => {
    const fate: Fate = { ...blind, requests: hosts, routedBy };
    return { ...NO_ONE, caller: node, callee: serviceId(service), ...spokenAt(service, port), fate };
  });
  return [...entrances, ...ways];
}
