import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import { byOwner, nameOf, namespaceOf, objectsOf, specOf, textsOf } from '../manifest-reader';
import { isAmbient, namespaceModes } from '../namespace-planes';
import { type Report, rule } from '../rule';

const EVERYWHERE = '*';
const NOWHERE = '~';

export const twoEntries = rule({
  code: 'MESH311',
  level: 'error',
  title: 'two ServiceEntries for the same host',
  compares: [{ kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec hosts', 'spec exportTo'], pairs: true }],

  check(model, report) {
    for (const [host, entries] of entriesByHost(model)) {
      if (entries.length > 1) checkHost(model, host, entries, report);
    }
  },
});

function entriesByHost(model: MeshModel): ReadonlyMap<string, readonly ManifestObject[]> {
  const groups = new Map<string, ManifestObject[]>();
  for (const object of objectsOf(model, NETWORKING, 'ServiceEntry')) {
    const hosts = new Set(textsOf(specOf(object).hosts).map((host) => host.toLowerCase()));
    for (const host of hosts) addTo(groups, host, object);
  }
  return groups;
}

function checkHost(model: MeshModel, host: string, entries: readonly ManifestObject[], report: Report): void {
  const homes = new Map<string, ManifestObject>();
  const seen = new Map<string, ManifestObject>();
  for (const object of byOwner(entries)) {
    const scopes = scopesOf(model, object);
    const other = homes.get(namespaceOf(object)) ?? seenBy(seen, scopes);
    homes.set(namespaceOf(object), homes.get(namespaceOf(object)) ?? object);
    scopes.forEach((scope) => seen.set(scope, seen.get(scope) ?? object));
    if (!other) continue;
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(other)} both declare ${host}: Istio keeps only one of them, and policies for the other have no effect`,
      got: `${other.path} and ${object.path}`,
      fix: 'declare the host once, with all its ports, in one namespace (ExternalService has morePorts)',
    });
  }
}

// Namespaces whose proxies see it. ztunnel and waypoints read any exportTo as '*'.
function scopesOf(model: MeshModel, object: ManifestObject): string[] {
  const home = namespaceOf(object);
  const said = textsOf(specOf(object).exportTo);
  if (said.length === 0 || said.includes(EVERYWHERE) || isAmbient({ mode: namespaceModes(model).get(home) })) return [EVERYWHERE];
  return said.filter((scope) => scope !== NOWHERE).map((scope) => (scope === '.' ? home : scope));
}

function seenBy(seen: ReadonlyMap<string, ManifestObject>, scopes: readonly string[]): ManifestObject | undefined {
  if (scopes.includes(EVERYWHERE)) return seen.values().next().value;
  const scope = [...scopes, EVERYWHERE].find((each) => seen.has(each) && scopes.length > 0);
  return scope === undefined ? undefined : seen.get(scope);
}
