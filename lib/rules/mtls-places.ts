import type { Cluster } from '../cluster/cluster';
import { isEmpty } from '../cluster/objects/fields';
import { nameOf } from '../cluster/objects/manifest-object';
import { mtlsInNamespace, mtlsOf, type MtlsSettings } from '../cluster/policies/mtls-settings';
import { selectedProxies } from '../cluster/workloads/selected-proxies';
import { workloadsOf } from '../cluster/workloads/workloads';
import type { MeshModel } from '../model/mesh-model';
import type { Weakening } from '../model/mtls/weakening';
import type { MtlsMode } from '../model/namespace-facts';
import { isAmbient, planeOf } from './planes';

/** Where a PeerAuthentication says a mode, in words. */
export function placesOf({ mode, ports }: MtlsSettings, wanted: MtlsMode): string[] {
  const said = [...ports].filter(([, each]) => each === wanted).map(([port]) => `port ${port}: ${wanted}`);
  return mode === wanted ? [`mode: ${wanted}`, ...said] : said;
}

/** As a construct of ours says it: findings of their own tell of each port that takes plaintext, of each migration and of what is switched off. */
export function isOurs({ object }: MtlsSettings): boolean {
  return object.made && !object.patched;
}

/** Where a construct of ours says PERMISSIVE without an end. */
export function endlessPlaces(model: MeshModel, settings: MtlsSettings): string[] {
  const said = saidOf(model, settings).filter(({ mode, until }) => mode === 'PERMISSIVE' && until === undefined);
  return said.map(({ port }) => `${port === undefined ? 'mode' : `port ${port}`}: PERMISSIVE`);
}

/** Why a construct of ours says DISABLE. */
export function reasonsOf(model: MeshModel, settings: MtlsSettings): string[] {
  const said = saidOf(model, settings).filter(({ mode }) => mode === 'DISABLE');
  return said.map(({ port, reason }) => `${port === undefined ? 'mode' : `port ${port}`}: DISABLE, reason: ${reason}`);
}

function saidOf({ weakenings }: MeshModel, { object }: MtlsSettings): Weakening[] {
  return weakenings.filter(({ path }) => `${path}/PeerAuthentication` === object.path);
}

/** Of a level below one that asks for mutual TLS: `, though the mesh says STRICT`. */
export function weakerText(cluster: Cluster, { object, namespaceName, selector }: MtlsSettings): string {
  const isOfMesh = namespaceName === cluster.rootNamespace;
  const above = isOfMesh ? undefined : mtlsInNamespace(cluster, isEmpty(selector) ? cluster.rootNamespace : namespaceName);
  if (above?.mode !== 'STRICT' || above.object === object) return '';
  return `, though ${nameOf(above.object!)} says STRICT`;
}

/** ztunnel speaks for some of the pods that it is about. */
export function hasAmbientPods(cluster: Cluster, { object, namespaceName, selector }: MtlsSettings): boolean {
  if (namespaceName !== cluster.rootNamespace || !isEmpty(selector)) {
    return selectedProxies(cluster, namespaceName, selector).some((proxy) => isAmbient(planeOf(proxy)));
  }
  return workloadsOf(cluster).some((workload) => isAmbient(planeOf(workload.proxy)) && mtlsOf(cluster, workload).object === object);
}
