import type { Cluster } from '../cluster/cluster';
import type { MtlsSettings } from '../cluster/policies/mtls-settings';
import { selectedProxies } from '../cluster/workloads/selected-proxies';
import type { MtlsMode } from '../model/namespace-facts';
import { isAmbient, planeOf } from './planes';

/** Where a PeerAuthentication says a mode, in words. */
export function placesOf(settings: MtlsSettings, wanted: MtlsMode): string[] {
  const { mode, ports } = settings;
  if (isOfPlaintextPorts(settings)) return [];
  const said = [...ports].filter(([, each]) => each === wanted).map(([port]) => `port ${port}: ${wanted}`);
  return mode === wanted ? [`mode: ${wanted}`, ...said] : said;
}

/** Ports of ours say why they take plaintext, and a finding of its own tells of each. */
export function isOfPlaintextPorts({ object, ports }: MtlsSettings): boolean {
  return object.made && !object.patched && ports.size > 0;
}

/** ztunnel speaks for some of the pods that it is about. */
export function hasAmbientPods(cluster: Cluster, { namespaceName, selector }: MtlsSettings): boolean {
  return selectedProxies(cluster, namespaceName, selector).some((proxy) => isAmbient(planeOf(proxy)));
}
