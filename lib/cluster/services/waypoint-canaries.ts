import { USE_WAYPOINT, USE_WAYPOINT_CANARY, USE_WAYPOINT_CANARY_NAMESPACE, USE_WAYPOINT_CANARY_WEIGHT } from '../../istio/labels';
import type { Cluster } from '../cluster';
import { type Labels, textOf, textsOf } from '../objects/fields';
import { annotationsOfObject, specOf } from '../objects/manifest-object';
import { tryGateway, type GatewayProxy } from '../workloads/gateways';
import { annotationsOfNamespace, labelsOfNamespace } from '../workloads/namespaces';
import { type MeshService, portOf, servicesOf } from './services';
import { ingressUsesWaypoint, isWaypointFor, waypointOf } from './waypoints';

/** A waypoint before a service, and how much of what comes to the service it takes. */
export interface WaypointShare {
  readonly waypoint: GatewayProxy;
  /** Between 0 and 1; the shares before one service sum to 1. */
  readonly share: number;
}

/** Who stands before a service: nobody, its waypoint, or that and another one which takes a share in its place. */
export function waypointShares(cluster: Cluster, service: MeshService): readonly WaypointShare[] {
  const waypoint = waypointOf(cluster, service);
  if (!waypoint) return [];
  const canary = saidCanary(cluster, service);
  if (!canary || canaryFault(cluster, service, canary) !== undefined) return [{ waypoint, share: 1 }];
  const share = Number(canary.weight ?? 0) / 100;
  return [
    { waypoint, share: 1 - share },
    { waypoint: tryGateway(cluster, canary.key)!, share },
  ];
}

/** The same for gateways, which have to be told so. They look up by themselves what has a name alone, and pass on what is for a headless Service as if it had an address. */
export function waypointSharesAtDoors(cluster: Cluster, service: MeshService): readonly WaypointShare[] {
  return ingressUsesWaypoint(cluster, service) && !isLookedUp(service) ? waypointShares(cluster, asIfAddressed(service)) : [];
}

/** Another one behind a waypoint that istiod tells from a headless Service neither by an address nor by the port. */
export function twinAtWaypoint(cluster: Cluster, service: MeshService, port: number): MeshService | undefined {
  const keysOf = (one: MeshService): string[] => waypointShares(cluster, asIfAddressed(one)).map(({ waypoint }) => waypoint.key);
  const keys = keysOf(service);
  const nameless = servicesOf(cluster).filter((one) => one !== service && !one.hasAddress && portOf(one, port) !== undefined);
  return nameless.find((one) => keysOf(one).some((key) => keys.includes(key)));
}

/** Whether gateways know an address by which waypoints find it: of a host outside only one that somebody has written. */
export function hasAddressAtWaypoints({ kind, object, hasAddress }: MeshService): boolean {
  return kind === 'Service' ? hasAddress : textsOf(specOf(object).addresses).length > 0;
}

function asIfAddressed(service: MeshService): MeshService {
  return service.externalName === undefined ? { ...service, hasAddress: true } : service;
}

function isLookedUp({ kind, object, hasAddress }: MeshService): boolean {
  return kind === 'ServiceEntry' && (!hasAddress || textOf(specOf(object).resolution) !== 'STATIC');
}

/** What is said of a second waypoint before a service. */
export interface SaidCanary {
  /** `namespace/name`. */
  readonly key: string;
  /** Percent, as it is written; none where nobody says it. */
  readonly weight?: string;
  /** The service itself says it, and not its namespace. */
  readonly isOwn: boolean;
}

/**
 * The namespace counts only for a service that names no waypoint of its own. Where it counts, the label and the weight fall back to it one by one; a weight that nobody says
 * is none.
 */
export function saidCanary(cluster: Cluster, { labels, object, namespaceName }: MeshService): SaidCanary | undefined {
  const isInherited = !(USE_WAYPOINT in labels);
  const around = isInherited ? labelsOfNamespace(cluster, namespaceName) : NOTHING;
  const isOwn = USE_WAYPOINT_CANARY in labels;
  const [said, annotations] = [isOwn ? labels : around, annotationsOfObject(object)];
  const name = said[USE_WAYPOINT_CANARY];
  if (name === undefined || name === '' || name === 'none') return undefined;
  const weights = USE_WAYPOINT_CANARY_WEIGHT in annotations || !isInherited ? annotations : annotationsOfNamespace(cluster, namespaceName);
  return { key: `${said[USE_WAYPOINT_CANARY_NAMESPACE] ?? namespaceName}/${name}`, weight: weights[USE_WAYPOINT_CANARY_WEIGHT], isOwn };
}

const NOTHING: Labels = {};

export type CanaryFault = 'same' | 'weight' | 'missing' | 'unfit';

/** Why istiod leaves it out, and has the first waypoint take everything. */
export function canaryFault(cluster: Cluster, service: MeshService, { key, weight = '0' }: SaidCanary): CanaryFault | undefined {
  if (waypointOf(cluster, service)?.key === key) return 'same';
  if (!/^[+-]?\d+$/.test(weight) || Number(weight) < 0 || Number(weight) > 100) return 'weight';
  const canary = tryGateway(cluster, key);
  if (!canary) return 'missing';
  return isWaypointFor(cluster, canary, service, ['service', 'all']) ? undefined : 'unfit';
}
