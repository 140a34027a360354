import type { Cluster } from './cluster';
import { compareText } from './manifest';
import type { Leg } from './plan';
import type { Request } from './request';
import type { Retries } from './route-table';
import { travel } from './travel';

/** How requests of one kind are shared out, and what holds for them on the way. */
export interface Split {
  readonly shares: readonly Share[];
  /** The timeout nearest to the caller, if any proxy on the way was told one. */
  readonly timeout?: string;
  /** The retries of the last proxy that routed; undefined where there are none. */
  readonly retries?: Retries;
  /** The proxies that routed, in order. */
  readonly legs: readonly Leg[];
}

export interface Share {
  /** `namespace/name` of a workload; undefined for what is outside the manifests. */
  readonly workload?: string;
  /** The host that the last route named, and its subset. */
  readonly host: string;
  readonly subset?: string;
  /** Percent of the requests. */
  readonly weight: number;
}

/** Where requests like this one go. Whether they may is `decide`'s business. */
export function split(cluster: Cluster, request: Request): Split {
  const { legs, trips } = travel(cluster, request);
  const shares = trips.map(({ workload, host, subset, share }) => ({ workload, host, subset, weight: Math.round(share * 10000) / 100 }));
  return {
    shares: shares.sort((a, b) => compareText(`${a.workload} ${a.host}`, `${b.workload} ${b.host}`)),
    timeout: legs.find((leg) => leg.timeout !== undefined)?.timeout,
    retries: legs.at(-1)?.retries,
    legs,
  };
}

/** The share of each workload in percent, by whatever way it comes there. */
export function weights(cluster: Cluster, request: Request): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { workload, host, weight } of split(cluster, request).shares) {
    const key = workload ?? host;
    sums.set(key, Math.round(((sums.get(key) ?? 0) + weight) * 100) / 100);
  }
  return Object.fromEntries(sums);
}
