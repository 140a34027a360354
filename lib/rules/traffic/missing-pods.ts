import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cure } from '../../model/finding';
import type { ManifestObject, RouteModel } from '../../model/mesh-model';
import { certainlyMeant } from '../../support/options/nearest';
import { groupedBy } from '../../support/grouping';
import { type Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { perCluster } from '../../cluster/per-cluster';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { destinationsOf, type VirtualDestination, virtualServices } from '../../cluster/routes/virtual-services';
import { podsBehind } from '../../cluster/services/endpoints';
import { serviceOf, tryServiceOf } from '../../cluster/services/registry';
import { type MeshService, tryService } from '../../cluster/services/services';
import { workloadsWith } from '../../cluster/workloads/workloads';
import { labelText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { DESTINATIONS, fieldPaths, NAME, POD_LABELS, ROUTE_REFERENCES, ROUTES, WORKLOADS } from '../comparison';
import { isNamed, podlessSubsets } from './subsets/podless-subsets';
import { curesOfTexts } from '../named/values/mended';
import { type Report, rule } from '../rule';

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
    const cluster = clusterOf(model);
    for (const one of destinationRules(cluster)) checkSubsets(cluster, one, report);
    for (const one of virtualServices(cluster)) {
      const destinations = destinationsOf(cluster, one);
      checkSubsetNames(cluster, one.object, destinations, report);
      const backends = destinations.map(({ host }) => tryServiceOf(cluster, host));
      checkBackends(cluster, one.object, backends, report);
    }
    for (const { object } of gatewayApiRoutes(cluster)) {
      const backends = backendsOf({ object }).map(({ group, kind, key }) =>
        group === CORE ? tryService(cluster, kind as 'Service', key) : undefined,
      );
      checkBackends(cluster, object, backends, report);
    }
    for (const route of model.routes) checkVersions(route, report);
  },
});

function checkSubsets(cluster: Cluster, one: DestinationRule, report: Report): void {
  const { object, host } = one;
  for (const { name, wanted, service, field } of podlessSubsets(cluster, one)) {
    // Of one that no route names MESH353 tells.
    if (!object.made && !isNamed(cluster, host, name)) continue;
    report({
      on: object,
      field,
      message: `no pod of ${service.hosts[0]} has the labels of subset ${name || '?'} in ${nameOf(object)}: requests to it fail with 503`,
      got: labelText(wanted),
      fix: 'give the pods of one version these labels, or remove the subset',
    });
  }
}

const subsetsByHost = perCluster((cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> => {
  const rules = groupedBy(destinationRules(cluster), ({ host }) => host);
  return new Map([...rules].map(([host, same]) => [host, new Set(same.flatMap(({ subsets }) => subsets.map(({ name }) => name)))]));
});

function checkSubsetNames(cluster: Cluster, object: ManifestObject, destinations: readonly VirtualDestination[], report: Report): void {
  // What our own routes name is asked of what was said, at the line that says it.
  if (object.made && !object.patched) return;
  const subsets = subsetsByHost(cluster);
  const named = destinations.filter(({ subset }) => subset !== undefined);
  const wanted = new Map(named.map((destination) => [`${destination.host} ${destination.subset}`, destination]));
  for (const { host, subset } of wanted.values()) {
    const isOurs = subsets.has(host) || serviceOf(cluster, host) !== undefined;
    if (subset === undefined || !isOurs || subsets.get(host)?.has(subset)) continue;
    report({
      on: object,
      message: `${nameOf(object)} sends requests to subset ${subset} of ${host}, which no DestinationRule defines: they fail with 503`,
      got: `defined: ${[...(subsets.get(host) ?? [])].sort().join(', ') || 'none'}`,
      fix: 'define the subset in the DestinationRule of the host, or name one that is defined',
      cures: curesOfSubset(object, subset, named, [...(subsets.get(host) ?? [])]),
    });
  }
}

// A name may be wrong for one host and right for another.
function curesOfSubset(object: ManifestObject, subset: string, named: readonly VirtualDestination[], defined: readonly string[]): Cure[] {
  const hosts = new Set(named.filter((destination) => destination.subset === subset).map(({ host }) => host));
  const meant = certainlyMeant(subset, defined);
  if (hosts.size > 1 || meant === undefined) return [];
  return curesOfTexts(object, (text, field) => (text === subset && field.at(-1) === 'subset' ? meant : undefined));
}

function checkBackends(cluster: Cluster, object: ManifestObject, backends: ReadonlyArray<MeshService | undefined>, report: Report): void {
  for (const service of new Set(backends)) {
    if (!service || hasPods(cluster, service)) continue;
    report({
      on: object,
      message: `${nameOf(object)} sends requests to ${nameOf(service.object)}, which selects no pods: they fail with 503`,
      got: `selector ${labelText(service.selector)}`,
      fix: 'change the selector so that it selects the pods of a workload, or send no requests there',
    });
  }
}

// A raw Service in a namespace without any workload of this program may well select pods that somebody else deploys.
function hasPods(cluster: Cluster, service: MeshService): boolean {
  if (isEmpty(service.selector) || podsBehind(cluster, service).length > 0) return true;
  return !service.object.made && workloadsWith(cluster, service.namespaceName, {}).length === 0;
}

function checkVersions({ service, versions, unknownVersions }: RouteModel, report: Report): void {
  for (const named of unknownVersions) {
    report({
      on: named,
      message: `requests to ${service.name} are sent to its version ${named.version}, and nobody makes pods of it: they fail with 503`,
      got: `versions: ${versions.join(', ')}`,
      fix: 'name one of these, or add the version to a release or to `versions` of a RequestRouting',
    });
  }
}
