import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { HostIndex } from './host-index';
import { serviceNameOf } from './hosts';
import { madeServices } from './made-services';
import { type MeshService, servicesOf, tryService } from './services';

const byHost = perCluster((cluster: Cluster) => new HostIndex(servicesOf(cluster), ({ hosts }) => hosts));

/** What the manifests have behind a host, as everyone sees it or as the sidecars of one namespace do. */
export function serviceOf(cluster: Cluster, host: string, viewer?: string): MeshService | undefined {
  return byHost(cluster)
    .covering(host)
    .flatMap((services) => services.find((service) => isVisible(service, viewer)) ?? [])
    .at(0);
}

/** The same with the Services that istiod makes. */
export function calledService(cluster: Cluster, host: string, viewer?: string): MeshService | undefined {
  const own = madeServices(cluster).get(host);
  return own && isUnwritten(cluster, own) ? own : serviceOf(cluster, host, viewer);
}

/** One that somebody has written himself is that one. */
function isUnwritten(cluster: Cluster, { kind, key }: MeshService): boolean {
  return tryService(cluster, kind, key) === undefined;
}

/** All that may stand behind a host for somebody, with what istiod makes. */
export function servicesCovering(cluster: Cluster, host: string): readonly MeshService[] {
  const own = madeServices(cluster).get(host);
  return [...(own && isUnwritten(cluster, own) ? [own] : []), ...byHost(cluster).covering(host).flat()];
}

/** Whether the sidecars of a namespace are told about it; it is there for everyone else. */
export function isVisible({ exportTo, namespaceName }: MeshService, viewer: string | undefined): boolean {
  return viewer === undefined || exportTo.some((one) => one === '*' || one === viewer || (one === '.' && namespaceName === viewer));
}

const bySmallLetters = perCluster((cluster: Cluster): ReadonlyMap<string, MeshService> => {
  const capitals = servicesOf(cluster).flatMap((service) =>
    service.hosts.filter((host) => host !== host.toLowerCase()).map((host) => [host.toLowerCase(), service] as const),
  );
  return new Map(capitals);
});

/** A ServiceEntry that means this host and writes it with capitals: requests say small letters, and find nothing behind them. */
export function misspelledService(cluster: Cluster, host: string): MeshService | undefined {
  return bySmallLetters(cluster).get(host);
}

/** The Service of Kubernetes that a full name stands for. */
export function tryServiceOf(cluster: Cluster, host: string): MeshService | undefined {
  const name = serviceNameOf(cluster, host.toLowerCase());
  return name && tryService(cluster, 'Service', `${name.namespaceName}/${name.name}`);
}
