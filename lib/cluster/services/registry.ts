import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { HostIndex } from './host-index';
import { serviceNameOf } from './hosts';
import { type MeshService, servicesOf, tryService } from './services';

const byHost = perCluster((cluster: Cluster) => new HostIndex(servicesOf(cluster), ({ hosts }) => hosts));

/** What stands behind a host as everyone sees it, or as the sidecars of one namespace do. */
export function serviceOf(cluster: Cluster, host: string, viewer?: string): MeshService | undefined {
  return byHost(cluster)
    .covering(host)
    .flatMap((services) => services.find((service) => isVisible(service, viewer)) ?? [])
    .at(0);
}

/** All that may stand behind a host for somebody. */
export function servicesCovering(cluster: Cluster, host: string): readonly MeshService[] {
  return byHost(cluster).covering(host).flat();
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
