import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { isSaid } from '../../cluster/objects/fields';
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
  for (const object of others) {
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(first)} both configure ${host}: their subsets are merged, but a second traffic policy is ignored`,
      got: `${first.path} and ${object.path}`,
      fix: first.made ? 'configure it on the service that owns the host, and remove this one' : 'merge them into one DestinationRule',
    });
  }
}
