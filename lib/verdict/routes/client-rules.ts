import type { Cluster } from '../../cluster/cluster';
import { isEmpty, type Labels } from '../../cluster/objects/fields';
import { hasLabels } from '../../cluster/objects/selectors';
import { clientTls, type DestinationRule, destinationRulesFor } from '../../cluster/routes/destination-rules';
import { isExportedTo } from '../../cluster/routes/virtual-services';
import type { MeshService } from '../../cluster/services/services';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import type { Pod } from '../../cluster/workloads/workloads';
import type { Speaker } from '../requests/callers';

/**
 * The DestinationRules that a proxy looks up for a host: those of its own namespace, else of the service's, else of the root. The first namespace
 * that has any is asked, of its rules those that name the host most closely, and no other.
 */
export function clientRules(cluster: Cluster, host: string, client: Pod, serviceNamespace?: string): readonly DestinationRule[] {
  const { namespaceName: own, labels } = client;
  const byCloseness = destinationRulesFor(cluster, host);
  const closestOf = (isAsked: (rule: DestinationRule) => boolean) =>
    byCloseness.map((equals) => equals.filter(isAsked)).find((equals) => equals.length > 0) ?? [];
  // What is for its own namespace alone is all that the root namespace looks up at home.
  const isLocal = (rule: DestinationRule) =>
    rule.namespaceName === own && (own === cluster.rootNamespace ? isPrivate(rule) : isPrivate(rule) || isExportedTo(rule, own));
  const local = closestOf(isLocal);
  if (local.length > 0) return forClient(local, labels);
  const exportedBy = (name: string | undefined) =>
    closestOf((rule) => rule.namespaceName === name && !isPrivate(rule)).filter((rule) => isExportedTo(rule, own));
  return [serviceNamespace, cluster.rootNamespace].map(exportedBy).find((rules) => rules.length > 0) ?? [];
}

/** Nobody else is told of it; one for some pods is for those of its namespace. */
function isPrivate({ namespaceName, exportTo, selector }: DestinationRule): boolean {
  return !isEmpty(selector) || exportTo.every((name) => name === namespaceName);
}

/** Those that are for these pods go before those for all. */
function forClient(rules: readonly DestinationRule[], labels: Labels): readonly DestinationRule[] {
  const own = rules.filter(({ selector }) => !isEmpty(selector) && hasLabels(labels, selector));
  return own.length > 0 ? own : rules.filter(({ selector }) => isEmpty(selector));
}

/** What they say of TLS to a port of a service, or of a subset of it. Several for one host are put together by istiod, and all that they say is kept. */
export function rulesTowards(
  cluster: Cluster,
  client: Speaker,
  service: MeshService,
  { host, subset }: { readonly host: string; readonly subset?: string },
  port: number,
): readonly DestinationRule[] {
  if (!client.proxy.readsHttp) return [];
  const [rule, ...others] = clientRules(cluster, host, client, service.namespaceName);
  if (!rule || others.length > 0) return rule ? [rule, ...others] : [];
  const { mode } = clientTls(rule, port, subset);
  const isSaid = mode !== undefined && !(MESH_MODES.includes(mode) && isBehind(cluster, client, service));
  return [{ ...rule, tlsModes: isSaid ? [mode] : [], tlsMode: isSaid ? mode : undefined }];
}

/** By these a waypoint changes nothing on its way to what is behind it. */
const MESH_MODES: readonly string[] = ['DISABLE', 'ISTIO_MUTUAL'];

function isBehind(cluster: Cluster, { proxy, key }: Speaker, service: MeshService): boolean {
  return proxy.routesForOthers && waypointShares(cluster, service).some(({ waypoint }) => waypoint.key === key);
}

/** The pods' labels behind a subset; undefined where no rule knows it. */
export function subsetLabels(rules: readonly DestinationRule[], subset: string): Labels | undefined {
  return rules.flatMap(({ subsets }) => subsets).find(({ name }) => name === subset)?.labels;
}

/** A rule that has clients speak another TLS than the mesh's own, or none. */
export function foreignTls(rules: readonly DestinationRule[]): DestinationRule | undefined {
  return rules.find(({ tlsModes }) => tlsModes.some((mode) => mode !== 'ISTIO_MUTUAL'));
}

/** A rule that has clients speak the mesh's own TLS, whoever is there. */
export function demandedMutualTls(rules: readonly DestinationRule[]): DestinationRule | undefined {
  return rules.find(({ tlsModes }) => tlsModes.includes('ISTIO_MUTUAL'));
}
