import type { Cluster } from '../../cluster/cluster';
import { isSaid, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { groupKindOf, groupOf, keyOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import type { Attached } from '../../cluster/policies/attachments';
import { authorizationIndex, dryRunIndex } from '../../cluster/policies/authorization-policies';
import { requestAuthenticationIndex } from '../../cluster/policies/request-authentications';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { pickingGateways } from '../../cluster/routes/istio-gateways';
import { virtualServices } from '../../cluster/routes/virtual-services';
import { allBehind } from '../../cluster/services/endpoints';
import { calledService } from '../../cluster/services/registry';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import type { ManifestObject } from '../../model/mesh-model';
import type { Target } from '../requests/request';
import { attachedTo } from '../decision/enforcer';
import { followed } from './followed-routes';
import { enforcersBehind } from './on-the-way';

/** Where anything may fare otherwise in another version of a cluster: elsewhere nobody has to be asked. */
export interface Affected {
  readonly isEverywhere: boolean;
  readonly namespaces: ReadonlySet<string>;
  /** Those of them from which anything may be sent otherwise, wherever it goes. */
  readonly senders: ReadonlySet<string>;
  /** Those of them at which anything may be received otherwise, whatever obeys a policy. */
  readonly receivers: ReadonlySet<string>;
  /** Policies that differ, each of which counts where somebody obeys it. */
  readonly policies: ReadonlySet<ManifestObject>;
}

/** By the objects that differ. One of the root namespace, or of none, counts everywhere; a route or a policy for a host counts where the host is, too. */
export function affectedBy(before: Cluster, after: Cluster): Affected {
  const changed = [...changedIn(before, after), ...changedIn(after, before)];
  const isWide = ({ cluster, object }: Changed): boolean => placeOf(object) === cluster.rootNamespace || placeOf(object) === undefined;
  const isSetUpAnew = settingsOf(before) !== settingsOf(after);
  const spoken = [before, after].map((cluster) => namespacesSpokenOf(cluster, new Set(changed.map(({ object }) => object))));
  const hosts = spoken.flatMap((names) => names ?? []);
  return {
    isEverywhere: isSetUpAnew || changed.some(isWide) || spoken.includes(undefined),
    namespaces: new Set([...placesOf(changed), ...hosts]),
    senders: new Set(placesOf(changed.filter((one) => !isForReceivers(one)))),
    receivers: new Set([...placesOf(changed.filter(({ object }) => !isObeyed(object))), ...hosts]),
    policies: new Set(changed.map(({ object }) => object).filter(isObeyed)),
  };
}

function placesOf(changed: readonly Changed[]): string[] {
  return changed.flatMap(({ object }) => placeOf(object) ?? []);
}

const isObeyed = ({ kind }: ManifestObject): boolean => kind === 'AuthorizationPolicy' || kind === 'RequestAuthentication';

/** Whoever calls, it has a say where a host is that it names, or before pods that it picks, and nowhere else. */
function isForReceivers({ cluster, object }: Changed): boolean {
  if (isObeyed(object) || object.kind === 'PeerAuthentication') return true;
  const hosts = hostsSpokenOf(cluster, new Set([object]));
  return hosts.length > 0 && hosts.every((host) => calledService(cluster, host.toLowerCase()) !== undefined);
}

/** Whether an enforcer obeys a policy that differs, of all who may be asked about what goes somewhere. */
export function isJudgedAnew(cluster: Cluster, { policies }: Affected, to: Target): boolean {
  if (policies.size === 0) return false;
  const indices = [authorizationIndex(cluster), dryRunIndex(cluster), requestAuthenticationIndex(cluster)];
  return enforcersBehind(cluster, to, followed(cluster, { to }).hosts).some((enforcer) =>
    indices.some((index) => attachedTo<Attached>(cluster, index, enforcer).some(({ object }) => policies.has(object))),
  );
}

/** What no object says, and holds for all. */
function settingsOf({ objects: _, ...settings }: Cluster): string {
  return JSON.stringify(settings);
}

interface Changed {
  readonly cluster: Cluster;
  readonly object: ManifestObject;
}

/** Groups whose objects say nothing of requests, and often stand in no namespace. */
const SILENT = /^(rbac\.authorization|apiextensions|admissionregistration|storage|scheduling|policy)(\.k8s\.io)?$/;

/** Objects that the other version does not have, or has otherwise. */
function changedIn(cluster: Cluster, other: Cluster): Changed[] {
  const known = new Map(other.objects.map((object) => [nameOf(object), JSON.stringify(object.manifest)]));
  return cluster.objects
    .filter((object) => !SILENT.test(groupOf(object)) && known.get(nameOf(object)) !== JSON.stringify(object.manifest))
    .map((object) => ({ cluster, object }));
}

function nameOf(object: ManifestObject): string {
  return `${groupKindOf(object)} ${keyOf(object)}`;
}

function placeOf({ kind, name, namespaceName }: ManifestObject): string | undefined {
  return kind === 'Namespace' ? name : namespaceName;
}

/** Namespaces of hosts that changed objects speak of; undefined where they may be anywhere. */
function namespacesSpokenOf(cluster: Cluster, changed: ReadonlySet<ManifestObject>): string[] | undefined {
  const hosts = hostsSpokenOf(cluster, changed);
  if (hosts.some((host) => host.startsWith('*'))) return undefined;
  const parents = [...changed].flatMap(parentsOf);
  return [...parents, ...hosts.flatMap((host) => calledService(cluster, host.toLowerCase())?.namespaceName ?? [])];
}

/** By routes and by policies for hosts. */
function hostsSpokenOf(cluster: Cluster, changed: ReadonlySet<ManifestObject>): string[] {
  const routes = virtualServices(cluster).filter(({ object }) => changed.has(object));
  const rules = destinationRules(cluster).filter(({ object }) => changed.has(object));
  // One without hosts is followed by whoever delegates to it.
  return routes.flatMap((route) => (route.hosts.length > 0 ? route.hosts : ['*'])).concat(rules.map(({ host }) => host));
}

/** Namespaces of what a route or a ListenerSet is attached to. */
function parentsOf(object: ManifestObject): string[] {
  const { parentRefs, parentRef } = specOf(object);
  return [...listOf(parentRefs), ...[parentRef].filter(isSaid)].flatMap((ref) => textOf(valueAt(ref, 'namespace')) ?? []);
}

/** Namespaces that have a say about requests to somewhere: of all that they may be sent on to and of what says so, of waypoints before it, and of what opens ports of gateways. */
export function namespacesOnTheWay(cluster: Cluster, to: Target): string[] {
  const { hosts, virtual, http } = followed(cluster, { to });
  const services = hosts.flatMap((host) => calledService(cluster, host) ?? []);
  const opening = services.flatMap((service) => allBehind(cluster, service).flatMap((pod) => pickingGateways(cluster, pod)));
  return [
    ...services.flatMap((service) => [
      service.namespaceName,
      ...waypointShares(cluster, service).map(({ waypoint }) => waypoint.namespaceName),
    ]),
    ...[...virtual, ...http].map(({ namespaceName }) => namespaceName),
    ...opening.map(({ object }) => namespaceOf(object)),
  ];
}
