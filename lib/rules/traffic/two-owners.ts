import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { isSaid, listOf, textsOf } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { meshVirtualServices, type VirtualService } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { type Report, rule } from '../rule';

const EVERYWHERE = '*';

export const twoOwners = rule({
  code: 'MESH303',
  level: 'error',
  title: 'two VirtualServices or DestinationRules for one host',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec exportTo', 'spec gateways'], pairs: true },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host'], pairs: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const [host, owners] of meshVirtualServices(cluster)) checkVirtualServices(host, owners, report);
    const forAllClients = destinationRules(cluster).filter(({ object }) => !isSaid(specOf(object).workloadSelector));
    const byHost = groupedBy(forAllClients, ({ namespaceName, host }) => `${namespaceName} ${host}`);
    for (const owners of byHost.values()) checkDestinationRules(owners, report);
  },
});

function checkVirtualServices(host: string, owners: readonly VirtualService[], report: Report): void {
  if (owners.length < 2) return;
  const seen = new Map<string, ManifestObject>();
  const byObject = new Map(owners.map((owner) => [owner.object, owner]));
  for (const object of byOwner(byObject.keys())) {
    const scopes = scopesOf(byObject.get(object)!);
    const other = scopes.map((scope) => seen.get(scope) ?? seen.get(EVERYWHERE)).find((each) => each) ?? anyOf(seen, scopes);
    scopes.forEach((scope) => seen.set(scope, seen.get(scope) ?? object));
    if (!other) continue;
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(other)} both route ${host} inside the mesh, but proxies follow only one of them`,
      got: `${other.path} and ${object.path}`,
      fix: other.made
        ? 'configure it on the service that owns the host, and remove this one'
        : 'merge their routes into one VirtualService, the most specific first',
    });
  }
}

// Namespaces whose proxies see it.
function scopesOf({ exportTo }: VirtualService): readonly string[] {
  return exportTo.includes(EVERYWHERE) ? [EVERYWHERE] : exportTo;
}

function anyOf(seen: ReadonlyMap<string, ManifestObject>, scopes: readonly string[]): ManifestObject | undefined {
  return scopes.includes(EVERYWHERE) ? seen.values().next().value : undefined;
}

function checkDestinationRules(owners: readonly DestinationRule[], report: Report): void {
  if (owners.length < 2) return;
  const [{ host }] = owners;
  const [first, ...others] = byOwner(owners.map(({ object }) => object));
  for (const [index, object] of others.entries()) {
    if (isMerged(object, [first, ...others.slice(0, index)])) continue;
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(first)} both configure ${host}: their subsets are merged, but a second traffic policy is ignored`,
      got: `${first.path} and ${object.path}`,
      fix: first.made ? 'configure it on the service that owns the host, and remove this one' : 'merge them into one DestinationRule',
    });
  }
}

// Istio takes subsets of both, and the traffic policy of a later one where no earlier one has any.
function isMerged(object: ManifestObject, earlier: readonly ManifestObject[]): boolean {
  if ([object, ...earlier].some(({ made }) => made)) return false;
  const { trafficPolicy, exportTo } = specOf(object);
  const subsets = namesOfSubsets(object);
  return earlier.every((other) => {
    const both = isSaid(trafficPolicy) && isSaid(specOf(other).trafficPolicy);
    const isSeenAlike = textsOf(exportTo).join() === textsOf(specOf(other).exportTo).join();
    return !both && isSeenAlike && !namesOfSubsets(other).some((name) => subsets.includes(name));
  });
}

function namesOfSubsets(object: ManifestObject): unknown[] {
  return listOf(specOf(object).subsets).map(({ name }) => name);
}
