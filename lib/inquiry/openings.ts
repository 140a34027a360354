import type { Cluster } from '../cluster/cluster';
import { authorizationIndex, type AuthorizationPolicy } from '../cluster/policies/authorization-policies';
import { workloadsWith } from '../cluster/workloads/workloads';
import type { MeshModel, ServiceModel } from '../model/mesh-model';
import { waypointsAt } from '../model/namespace-facts';
import { type Decision, decide } from '../verdict/decide';
import { attachedTo } from '../verdict/decision/enforcer';
import { ANY_ADDRESS } from '../verdict/requests/callers';
import { without } from '../verdict/layers';
import type { Asked, Granted } from './granted';
import { type Door, doorsOf } from './doors';
import { ELSEWHERE, type Line, linesOf, linesOfRule } from './sample-lines';
import { asStrangers, namedIn, type Stranger, strangers } from './strangers';
import { isForeign, type Touched } from './touched';

/** A request that arrives although nothing in the program lets it in. */
export interface Opening {
  readonly service: ServiceModel;
  readonly door: Door;
  readonly stranger: Stranger;
  readonly line: Line;
  readonly decision: Decision;
}

/** A program, what its manifests mean, and what the two are compared by. */
export interface Inquiry {
  readonly model: MeshModel;
  readonly cluster: Cluster;
  readonly granted: Granted;
  readonly touched: Touched;
}

/**
 * The first way into each door that the program does not have. The network layer is not asked: it takes whoever stands at the right place,
 * and is no excuse for a mesh that asks nobody.
 */
export function openingsOf({ model, cluster, granted, touched }: Inquiry): Opening[] {
  const guarded = model.services.filter((service) => touched.has(service) && isGuarded(cluster, granted, service));
  const inMesh = guarded.length > 0 ? without(cluster, 'network') : cluster;
  return guarded.flatMap((service) =>
    doorsOf(inMesh, service).flatMap((door) => openingAt({ service, door, cluster: inMesh, granted }) ?? []),
  );
}

/** Somebody is refused there, by proxies that are there: pods without any are told by rules of their own. */
function isGuarded(cluster: Cluster, granted: Granted, service: ServiceModel): boolean {
  const isSaid = granted.isClosed(service) || granted.callsTo(service).length > 0;
  return isSaid && workloadsWith(cluster, service.namespaceName, service.podLabels ?? {}).every(({ proxy }) => proxy.isInMesh);
}

interface Place {
  readonly service: ServiceModel;
  readonly door: Door;
  readonly cluster: Cluster;
  readonly granted: Granted;
}

function openingAt({ service, door, cluster, granted }: Place): Opening | undefined {
  const policies = door.enforcers.flatMap((enforcer) => attachedTo(cluster, authorizationIndex(cluster), enforcer));
  const added = [...new Set(policies)].filter(({ object }) => isForeign(object));
  const lines = linesAt(door, added, granted, service);
  const tries = callersAt(cluster, added, granted, service).flatMap((stranger) => lines.map((line) => ({ stranger, line })));
  for (const { stranger, line } of tries) {
    const isGranted = granted.allows(service, { ...whoIs(stranger), ...asksFor(door), port: door.podPort, line });
    if (isGranted || isOwnWaypoint(service, stranger)) continue;
    const decision = decide(cluster, { from: stranger.from, to: door.to, ...line });
    if (decision.allowed && decision.workload !== undefined) return { service, door, stranger, line, decision };
  }
  return undefined;
}

function whoIs({ principal, from }: Stranger): Pick<Asked, 'principal' | 'address'> {
  return { principal, address: ('pod' in from ? from.pod.address : undefined) ?? ANY_ADDRESS };
}

function asksFor({ to }: Door): Pick<Asked, 'host'> {
  return 'host' in to ? { host: to.host } : {};
}

/** Between caller and callee stands a waypoint, which no statement names. */
function isOwnWaypoint({ namespace }: ServiceModel, { principal }: Stranger): boolean {
  return namespace.waypoint !== undefined && waypointsAt(namespace.waypoint).some((one) => one.principal === principal);
}

/** Whoever was refused by a statement may come in once the object is changed that it became. */
function callersAt(cluster: Cluster, added: readonly AuthorizationPolicy[], granted: Granted, service: ServiceModel): Stranger[] {
  const refused = granted.callsTo(service).filter(({ action }) => action === 'DENY');
  return [
    ...strangers(cluster),
    ...added.flatMap(({ rules, namespaceName }) => rules.flatMap((rule) => namedIn(cluster, rule, namespaceName))),
    ...refused.flatMap(({ caller }) => asStrangers(cluster, caller)),
  ];
}

function linesAt({ isHttp }: Door, added: readonly AuthorizationPolicy[], granted: Granted, service: ServiceModel): readonly Line[] {
  if (!isHttp) return [{}];
  return [
    { method: 'GET', path: ELSEWHERE },
    ...added.flatMap(({ rules }) => rules.flatMap(linesOfRule)),
    ...granted.callsTo(service).flatMap(({ action, http }) => (action === 'DENY' && http ? http.flatMap(linesOf) : [])),
  ];
}
