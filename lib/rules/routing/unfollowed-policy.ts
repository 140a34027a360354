import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isSaid, listOf, textOf, textsOf } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { perCluster } from '../../cluster/per-cluster';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { MESH } from '../../cluster/routes/gateway-keys';
import { destinationsOf, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { tryServiceOf } from '../../cluster/services/registry';
import { waypointOf } from '../../cluster/services/waypoints';
import { namespacesWithHiddenPods } from '../../cluster/workloads/pod-templates';
import { hasRoutingCallers, namespacesOfRoutingCallers } from '../../cluster/workloads/routing-callers';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import type { Cure } from '../../model/finding';
import { certainlyMeant, distanceOf } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { DESTINATIONS, fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { ownedNamespaces } from '../planes';
import { curesOfTexts } from '../named/values/mended';
import { rule } from '../rule';
import { idleDetection } from './idle/outlier-detections';

export const unfollowedPolicy = rule({
  code: 'MESH352',
  level: 'warning',
  title: 'traffic policy or route that no proxy follows',
  compares: [
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', 'spec subsets name'], made: false },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways'], made: false },
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host', 'subset']), sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const rules = destinationRules(cluster).filter(isRaw);
    for (const one of rules) {
      const wrong = isOutOfSight(model, one) ? placeOfRule(cluster, one) : (subsetWithoutRoute(model, one) ?? idleDetection(cluster, one));
      if (wrong) report({ on: one.object, ...wrong });
    }
    for (const object of objectsSeen(cluster)) {
      const wrong = misspelledViewer(model, object);
      if (wrong) report({ on: object, ...wrong });
    }
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const wrong = placeOfRoute(cluster, one) ?? namesByAddress(one);
      if (wrong) report({ on: one.object, ...wrong });
    }
  },
});

interface Wrong {
  readonly message: string;
  readonly got: string;
  readonly fix: string;
  readonly cures?: readonly Cure[];
}

// A client looks in its own namespace, in that of the Service and in the root namespace; a waypoint in the last two.
function isOutOfSight(model: MeshModel, { host, namespaceName }: DestinationRule): boolean {
  const cluster = clusterOf(model);
  const service = tryServiceOf(cluster, host);
  if (!service || [service.namespaceName, cluster.rootNamespace].includes(namespaceName)) return false;
  const isKnown = ownedNamespaces(model).has(namespaceName) && !namespacesWithHiddenPods(cluster).has(namespaceName);
  return isKnown && !namespacesOfRoutingCallers(cluster).has(namespaceName);
}

function placeOfRule(cluster: Cluster, { title, host, namespaceName }: DestinationRule): Wrong {
  const owner = tryServiceOf(cluster, host)!.namespaceName;
  return {
    message: `${title} is followed by callers in namespace ${namespaceName} alone, and none there has a sidecar or is a gateway`,
    got: `DestinationRule in ${namespaceName}, its host in ${owner}`,
    fix: `write it in namespace ${owner}, where all callers and the waypoint look`,
  };
}

const namedSubsets = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const destinations = virtualServices(cluster).flatMap((one) => destinationsOf(cluster, one));
  return new Set(destinations.map(({ host, subset }) => `${host} ${subset}`));
});

function subsetWithoutRoute(model: MeshModel, { object, title, host }: DestinationRule): Wrong | undefined {
  const cluster = clusterOf(model);
  const service = tryServiceOf(cluster, host);
  if (!service || !ownedNamespaces(model).has(service.namespaceName)) return undefined;
  const said = listOf(specOf(object).subsets).filter(({ trafficPolicy }) => isSaid(trafficPolicy));
  const idle = said.map(({ name }) => textOf(name) ?? '?').filter((name) => !namedSubsets(cluster).has(`${host} ${name}`));
  if (idle.length === 0) return undefined;
  return {
    message: `the policy of subset ${idle.join(', ')} in ${title} holds for nothing: no route sends requests to it`,
    got: `no VirtualService names it for ${host}`,
    fix: 'add a route to the subset, or say the policy for the whole host',
  };
}

// A waypoint reads routes of its own namespace and of the Service's.
function placeOfRoute(cluster: Cluster, { title, hosts, gateways, namespaceName }: VirtualService): Wrong | undefined {
  if (!gateways.includes(MESH) || hasRoutingCallers(cluster)) return undefined;
  const services = hosts.flatMap((host) => tryServiceOf(cluster, host) ?? []);
  const lost = services.find((service) => {
    const waypoint = waypointOf(cluster, service);
    return waypoint && ![service.namespaceName, waypoint.namespaceName, cluster.rootNamespace].includes(namespaceName);
  });
  if (!lost) return undefined;
  return {
    message: `${title} is followed by nobody: the waypoint of ${lost.key} reads routes of its own namespace and of the Service's`,
    got: `VirtualService in ${namespaceName}, its host in ${lost.namespaceName}`,
    fix: `write it in namespace ${lost.namespaceName}`,
  };
}

const ADDRESS = /^(\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f:.]+)$/i;

// A client asks for a server by a name; an address is no such name.
function namesByAddress({ object, title }: VirtualService): Wrong | undefined {
  const matches = listOf(specOf(object).tls).flatMap(({ match }) => listOf(match));
  const address = matches.flatMap(({ sniHosts }) => textsOf(sniHosts)).find((host) => ADDRESS.test(host));
  if (address === undefined) return undefined;
  return {
    message: `${title} waits for connections that ask for ${address} by name, and no client does`,
    got: `sniHosts: ${address}`,
    fix: 'write the name of the server; for an address there is tcp with destinationSubnets',
  };
}

function objectsSeen(cluster: Cluster): ManifestObject[] {
  const kinds = ['DestinationRule', 'ServiceEntry', 'VirtualService'];
  return kinds.flatMap((kind) => objectsOf(cluster, NETWORKING, kind)).filter(({ made }) => !made);
}

/** A namespace that nobody knows, and that differs by one letter from one of the program. */
function misspelledViewer(model: MeshModel, object: ManifestObject): Wrong | undefined {
  const known = [...ownedNamespaces(model)];
  const unknown = textsOf(specOf(object).exportTo).filter((name) => name.length > 2 && !known.includes(name));
  const [wrong] = unknown.flatMap((name) => known.filter((each) => distanceOf(name, each) === 1).map((meant) => ({ name, meant })));
  return (
    wrong && {
      message: `${nameOf(object)} is shown to namespace ${wrong.name}, of which this program knows nothing: callers in ${wrong.meant} do not follow it`,
      got: `exportTo: ${wrong.name}`,
      fix: `write ${wrong.meant}`,
      cures: curesOfTexts(object, (text, field) =>
        text === wrong.name && field[1] === 'exportTo' ? certainlyMeant(text, known) : undefined,
      ),
    }
  );
}
