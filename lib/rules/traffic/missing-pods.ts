import { CORE, NETWORKING } from '../../istio/api-groups';
import { HOSTNAME } from '../../istio/labels';
import type { ManifestObject, MeshModel, RouteModel } from '../../model/mesh-model';
import { DESTINATIONS, fieldPaths, NAME, POD_LABELS, ROUTE_REFERENCES, ROUTES, WORKLOADS } from '../comparison';
import { backendServices, gatewayRoutesOf } from '../gateway-routes';
import { fullHost, serviceEntryHosts } from '../hosts';
import { type Labels, labelsOf, listOf, nameOf, namespaceOf, objectsOf, specOf, textOf } from '../manifest-reader';
import { perModel } from '../per-model';
import { type Report, rule } from '../rule';
import { type ServiceFacts, servicesByHost } from '../service-facts';
import { type Destination, destinationsOf } from '../virtual-services';
import { allPods, hasLabels, selectPods } from '../workloads';

export const missingPods = rule({
  code: 'MESH301',
  level: 'error',
  title: 'subset or version without pods',
  compares: [
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', 'spec subsets labels'] },
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host', 'subset']) },
    { kinds: ROUTES, fields: ROUTE_REFERENCES },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', 'spec subsets name'], sought: true },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector'], sought: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    for (const object of objectsOf(model, NETWORKING, 'DestinationRule')) checkSubsets(model, object, report);
    for (const object of objectsOf(model, NETWORKING, 'VirtualService')) {
      const destinations = destinationsOf(model, object);
      checkSubsetNames(model, object, destinations, report);
      checkBackends(model, object, destinations, report);
    }
    for (const object of gatewayRoutesOf(model)) checkBackends(model, object, backendServices(model, object), report);
    for (const route of model.routes) checkVersions(route, report);
  },
});

function checkSubsets(model: MeshModel, object: ManifestObject, report: Report): void {
  const service = servicesByHost(model).get(destinationHost(model, object));
  if (!service || Object.keys(service.selector).length === 0) return;
  const pods = selectPods(model, service.namespaceName, service.selector);
  // Pods that come from elsewhere may have any label.
  if (pods.length === 0 && !service.object.made) return;
  for (const subset of listOf(specOf(object).subsets)) {
    const wanted = withoutTopology(labelsOf(subset.labels));
    if (pods.some(({ labels }) => hasLabels(labels, wanted))) continue;
    report({
      on: object,
      message: `no pod of ${service.host} has the labels of subset ${textOf(subset.name) ?? '?'} in ${nameOf(object)}: requests to it fail with 503`,
      got: labelList(wanted),
      fix: 'give the pods of one version these labels, or remove the subset',
    });
  }
}

// Istio adds these to endpoints by itself; they are on no pod.
function withoutTopology(labels: Labels): Labels {
  const entries = Object.entries(labels);
  const own = entries.filter(([key]) => !key.startsWith('topology.') && key !== HOSTNAME);
  return own.length === entries.length ? labels : Object.fromEntries(own);
}

function labelList(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function destinationHost(model: MeshModel, object: ManifestObject): string {
  return fullHost(model, namespaceOf(object), textOf(specOf(object).host) ?? '');
}

const subsetsByHost = perModel((model): ReadonlyMap<string, ReadonlySet<string>> => {
  const subsets = new Map<string, Set<string>>();
  for (const object of objectsOf(model, NETWORKING, 'DestinationRule')) {
    const host = destinationHost(model, object);
    const names = subsets.get(host) ?? new Set();
    subsets.set(host, names);
    for (const { name } of listOf(specOf(object).subsets)) names.add(textOf(name) ?? '');
  }
  return subsets;
});

function checkSubsetNames(model: MeshModel, object: ManifestObject, destinations: readonly Destination[], report: Report): void {
  const subsets = subsetsByHost(model);
  const named = destinations.filter(({ subset }) => subset !== undefined);
  const wanted = new Map(named.map((destination) => [`${destination.host} ${destination.subset}`, destination]));
  for (const { host, subset } of wanted.values()) {
    const isOurs = subsets.has(host) || servicesByHost(model).has(host) || serviceEntryHosts(model).has(host);
    if (subset === undefined || !isOurs || subsets.get(host)?.has(subset)) continue;
    report({
      on: object,
      message: `${nameOf(object)} sends requests to subset ${subset} of ${host}, which no DestinationRule defines: they fail with 503`,
      got: `defined: ${[...(subsets.get(host) ?? [])].sort().join(', ') || 'none'}`,
      fix: 'define the subset in the DestinationRule of the host, or name one that is defined',
    });
  }
}

function checkBackends(model: MeshModel, object: ManifestObject, destinations: readonly Destination[], report: Report): void {
  const services = servicesByHost(model);
  for (const host of new Set(destinations.map((destination) => destination.host))) {
    const service = services.get(host);
    if (!service || hasPods(model, service)) continue;
    report({
      on: object,
      message: `${nameOf(object)} sends requests to ${nameOf(service.object)}, which selects no pods: they fail with 503`,
      got: `selector ${labelList(service.selector)}`,
      fix: 'change the selector so that it selects the pods of a workload, or send no requests there',
    });
  }
}

// A raw Service in a namespace without any workload of this program may well select pods that somebody else deploys.
function hasPods(model: MeshModel, { object, namespaceName, selector }: ServiceFacts): boolean {
  if (Object.keys(selector).length === 0 || selectPods(model, namespaceName, selector).length > 0) return true;
  return !object.made && !namespacesWithPods(model).has(namespaceName);
}

const namespacesWithPods = perModel((model): ReadonlySet<string> => new Set(allPods(model).map(({ namespaceName }) => namespaceName)));

function checkVersions(route: RouteModel, report: Report): void {
  const versions = new Set(route.versions);
  const named = new Set(route.rules.flatMap(({ backends }) => backends.map(({ version }) => version)));
  for (const version of named) {
    if (versions.has(version)) continue;
    report({
      on: route,
      message: `a route of ${route.service.name} sends requests to version ${version}, which has no pods`,
      got: `versions: ${route.versions.join(', ')}`,
      fix: 'add the version, or send no requests there',
    });
  }
}
