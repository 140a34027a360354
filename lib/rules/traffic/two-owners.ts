import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { fullHost } from '../hosts';
import { byOwner, nameOf, namespaceOf, objectsOf, specOf, textOf, textsOf } from '../manifest-reader';
import { type Report, rule } from '../rule';
import { meshVirtualServices } from '../virtual-services';

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
    for (const [host, owners] of meshVirtualServices(model)) checkVirtualServices(host, owners, report);
    for (const owners of destinationRulesByHost(model).values()) checkDestinationRules(model, owners, report);
  },
});

function checkVirtualServices(host: string, owners: readonly ManifestObject[], report: Report): void {
  if (owners.length < 2) return;
  const seen = new Map<string, ManifestObject>();
  for (const object of byOwner(owners)) {
    const scopes = scopesOf(object);
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
function scopesOf(object: ManifestObject): string[] {
  const said = textsOf(specOf(object).exportTo);
  if (said.length === 0 || said.includes(EVERYWHERE)) return [EVERYWHERE];
  return said.map((scope) => (scope === '.' ? namespaceOf(object) : scope));
}

function anyOf(seen: ReadonlyMap<string, ManifestObject>, scopes: readonly string[]): ManifestObject | undefined {
  return scopes.includes(EVERYWHERE) ? seen.values().next().value : undefined;
}

function destinationRulesByHost(model: MeshModel): Map<string, ManifestObject[]> {
  const forAllClients = objectsOf(model, NETWORKING, 'DestinationRule').filter((object) => specOf(object).workloadSelector === undefined);
  return groupedBy(forAllClients, (object) => `${namespaceOf(object)} ${hostOfRule(model, object)}`);
}

function hostOfRule(model: MeshModel, object: ManifestObject): string {
  return fullHost(model, namespaceOf(object), textOf(specOf(object).host) ?? '');
}

function checkDestinationRules(model: MeshModel, owners: readonly ManifestObject[], report: Report): void {
  if (owners.length < 2) return;
  const [first, ...others] = byOwner(owners);
  for (const object of others) {
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(first)} both configure ${hostOfRule(model, object)}: their subsets are merged, but a second traffic policy is ignored`,
      got: `${first.path} and ${object.path}`,
      fix: first.made ? 'configure it on the service that owns the host, and remove this one' : 'merge them into one DestinationRule',
    });
  }
}
