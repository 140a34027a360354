import type { Cluster } from '../cluster/cluster';
import type { MtlsSettings } from '../cluster/policies/mtls-settings';
import { selectedProxies } from '../cluster/workloads/selected-proxies';
import type { MtlsMode } from '../model/namespace-facts';
import { isAmbient, planeOf } from './planes';

/** Where a PeerAuthentication says a mode, in words. */
export function placesOf({ mode, ports }: MtlsSettings, wanted: MtlsMode): string[] {
  const said = [...ports].filter(([, each]) => each === wanted).map(([port]) => `port ${port}: ${wanted}`);
  return mode === wanted ? [`mode: ${wanted}`, ...said] : said;
}

/** ztunnel speaks for some of the pods that it is about. */
export function hasAmbientPods(cluster: Cluster, { namespaceName, selector }: MtlsSettings): boolean {
  return selectedProxies(cluster, namespaceName, selector).some((proxy) => isAmbient(planeOf(proxy)));
}
