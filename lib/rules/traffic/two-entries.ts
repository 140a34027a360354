import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import { type Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { isAmbient, planeOf } from '../planes';
import { type Report, rule } from '../rule';

const EVERYWHERE = '*';
const NOWHERE = '~';

export const twoEntries = rule({
  code: 'MESH311',
  level: 'error',
  title: 'two ServiceEntries for the same host',
  compares: [{ kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec hosts', 'spec exportTo'], pairs: true }],

  check(model, report) {
    const cluster = clusterOf(model);
    const entries = servicesOf(cluster).filter(({ kind }) => kind === 'ServiceEntry');
    for (const [host, same] of entriesByHost(entries)) if (same.length > 1) checkHost(cluster, host, same, report);
  },
});

// Of one host written in two ways Istio may keep both; whoever wrote them means one.
function entriesByHost(entries: readonly MeshService[]): ReadonlyMap<string, readonly MeshService[]> {
  const groups = new Map<string, MeshService[]>();
  for (const entry of entries) {
    for (const host of new Set(entry.hosts.map((each) => each.toLowerCase()))) addTo(groups, host, entry);
  }
  return groups;
}

function checkHost(cluster: Cluster, host: string, entries: readonly MeshService[], report: Report): void {
  const homes = new Map<string, ManifestObject>();
  const seen = new Map<string, ManifestObject>();
  const byObject = new Map(entries.map((entry) => [entry.object, entry]));
  for (const object of byOwner(byObject.keys())) {
    const { namespaceName } = byObject.get(object)!;
    const scopes = scopesOf(cluster, byObject.get(object)!);
    const other = homes.get(namespaceName) ?? seenBy(seen, scopes);
    homes.set(namespaceName, homes.get(namespaceName) ?? object);
    scopes.forEach((scope) => seen.set(scope, seen.get(scope) ?? object));
    if (!other) continue;
    report({
      on: object,
      message: `${nameOf(object)} and ${nameOf(other)} both declare ${host}: Istio keeps only one of them, and policies for the other have no effect`,
      got: `${other.path} and ${object.path}`,
      fix: 'declare the host once, with all its ports, in one namespace (ExternalService has morePorts)',
      yamlFix: 'declare the host once, with all its ports, in one namespace',
    });
  }
}

// Namespaces whose proxies see it. ztunnel and waypoints read any exportTo as '*'.
function scopesOf(cluster: Cluster, { namespaceName, exportTo }: MeshService): string[] {
  if (exportTo.includes(EVERYWHERE) || isAmbient(planeOf(proxyInNamespace(cluster, namespaceName)))) return [EVERYWHERE];
  return exportTo.filter((scope) => scope !== NOWHERE).map((scope) => (scope === '.' ? namespaceName : scope));
}

function seenBy(seen: ReadonlyMap<string, ManifestObject>, scopes: readonly string[]): ManifestObject | undefined {
  if (scopes.includes(EVERYWHERE)) return seen.values().next().value;
  const scope = [...scopes, EVERYWHERE].find((each) => seen.has(each) && scopes.length > 0);
  return scope === undefined ? undefined : seen.get(scope);
}
