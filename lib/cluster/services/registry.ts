import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { textOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { HostIndex } from './host-index';
import { serviceNameOf } from './hosts';
import { madeServices } from './made-services';
import { type MeshService, servicesOf, tryService } from './services';

const byHost = perCluster((cluster: Cluster) => new HostIndex(servicesOf(cluster), ({ hosts }) => hosts));

/** Who looks a host up. */
export interface Looking {
  /** Its own ServiceEntry for a host goes before those of others. */
  readonly home?: string;
  /** Of a ServiceEntry without an address it knows nothing. */
  readonly needsAddress?: boolean;
  /** Whose sidecars they are that are told of what is exported to them; everybody else sees all. */
  readonly viewer?: string;
}

/** What stands behind a host. */
export function serviceOf(cluster: Cluster, host: string, looking: Looking = {}): MeshService | undefined {
  return claimants(cluster, host, looking).at(0);
}

/** Another ServiceEntry that says of the same host what it is. The oldest holds, and no manifest tells which that is. */
export function rivalOf(cluster: Cluster, host: string, looking: Looking): MeshService | undefined {
  const [first, ...others] = claimants(cluster, host, looking);
  if (!first || first.kind === 'Service') return undefined;
  const isRival = (one: MeshService) => rankOf(one, looking) === rankOf(first, looking) && !isTheSame(first, one);
  return others.find(isRival) ?? (looking.needsAddress ? hiderOf(cluster, host, first) : undefined);
}

/** Of those of one namespace for one host istiod tells ztunnel of the oldest alone, and so of none where that has no address. */
function hiderOf(cluster: Cluster, host: string, first: MeshService): MeshService | undefined {
  const beside = byHost(cluster)
    .covering(host)
    .find((services) => services.includes(first));
  return beside?.find(({ namespaceName, hasAddress }) => namespaceName === first.namespaceName && !hasAddress);
}

/** Of one namespace and in the same words they are one, with the addresses of both. */
function isTheSame(one: MeshService, other: MeshService): boolean {
  const wordsOf = ({ namespaceName, ports, selector, hasAddress, exportTo, object }: MeshService) =>
    JSON.stringify([namespaceName, ports, selector, hasAddress, exportTo, textOf(specOf(object).resolution) ?? 'NONE']);
  return wordsOf(one) === wordsOf(other);
}

/** All that speak of a host in the closest words: a Service first, then who is at home there. */
function claimants(cluster: Cluster, host: string, looking: Looking): readonly MeshService[] {
  const seen = byHost(cluster)
    .covering(host)
    .map((services) => services.filter((service) => isVisible(service, looking.viewer) && isFound(service, looking)));
  const closest = seen.find((services) => services.length > 0) ?? [];
  return closest.length < 2 ? closest : [...closest].sort((a, b) => rankOf(a, looking) - rankOf(b, looking));
}

function isFound({ kind, hasAddress }: MeshService, { needsAddress }: Looking): boolean {
  return !needsAddress || hasAddress || kind === 'Service';
}

function rankOf({ kind, namespaceName }: MeshService, { home }: Looking): number {
  if (kind === 'Service') return 0;
  return namespaceName === home ? 1 : 2;
}

/** The same with the Services that istiod makes. */
export function calledService(cluster: Cluster, host: string, looking: Looking = {}): MeshService | undefined {
  const own = madeServices(cluster).get(host);
  return own && isUnwritten(cluster, own) ? own : serviceOf(cluster, host, looking);
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
