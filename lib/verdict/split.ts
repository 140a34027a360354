import type { Cluster } from '../cluster/cluster';
import { groupedBy } from '../support/grouping';
import { compareText } from '../support/ordering';
import { inOrder, type Request } from './requests/request';
import type { Retries } from './routes/route-table';
import type { Leg, Plan, Trip } from './travel/plan';
import { travel } from './travel/travel';

/** How requests of one kind are shared out, and what holds for them on the way. */
export interface Split {
  readonly shares: readonly Share[];
  /** The timeout nearest to the caller, if any proxy on the way was told one. */
  readonly timeout?: string;
  /** The retries of the last proxy that routed; undefined where there are none. */
  readonly retries?: Retries;
  /** The proxies that routed, in order. */
  readonly legs: readonly Leg[];
  /** Why nobody can tell where some of the requests go. */
  readonly unknown?: string;
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
export function split(cluster: Cluster, request: Request, plan?: Plan): Split {
  const { legs, trips } = plan ?? travel(cluster, inOrder(cluster, request));
  return {
    shares: sharesOf(trips).sort((a, b) => compareText(`${a.workload} ${a.host}`, `${b.workload} ${b.host}`)),
    timeout: legs.find((leg) => leg.timeout !== undefined)?.timeout,
    retries: legs.at(-1)?.retries,
    legs,
    unknown: trips.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

/** Each end once, whichever of several waypoints lead to it. */
function sharesOf(trips: readonly Trip[]): Share[] {
  const ends = groupedBy(trips, ({ workload, host, subset }) => JSON.stringify([workload, host, subset]));
  return [...ends.values()].map((ways) => {
    const [{ workload, host, subset }] = ways;
    const sum = ways.reduce((whole, { share }) => whole + share, 0);
    return { workload, host, subset, weight: Math.round(sum * 10000) / 100 };
  });
}
