import { MeshError } from '../../support/mesh-error';
import { made, mapOf, NUMBER, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import type { LocalityFacts } from '../../model/route-features';

/** The region that stands in for another. */
export interface RegionFailover {
  /** Region of the callers whose own pods are left out. */
  readonly callersIn: string;
  /** Region that takes their requests then. */
  readonly goTo: string;
}

/** Where the requests of some callers go. */
export interface LocalityShares {
  /** Where the callers are: `region`, `region/zone` or `region/zone/*`. */
  readonly callersIn: string;
  /** Percent of their requests for each place; together 100. */
  readonly shares: { [locality: string]: number };
}

const REGION_FAILOVER = struct<RegionFailover>({ callersIn: TEXT, goTo: TEXT });
const LOCALITY_SHARES = struct<LocalityShares>({ callersIn: TEXT, shares: mapOf(NUMBER) });

/**
 * Which zones get the requests of which callers.
 *
 * Expands into `localityLbSetting` of a DestinationRule. Requests move on to another zone only when pods are left out, which a circuit breaker
 * decides: where the service has none, failover brings one that leaves out pods after five gateway errors in a row.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/
 * @example
 * import { LoadBalancing, LocalityRouting, MeshedService, MeshPort } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   loadBalancing: LoadBalancing.leastRequest({
 *     locality: LocalityRouting.failover({ callersIn: 'eu-west-1', goTo: 'eu-central-1' }),
 *   }),
 * });
 */
export class LocalityRouting {
  /**
   * Requests stay in their region and zone as long as it has pods that answer, and go to these regions then.
   * @param regions What stands in for which region; others take the nearest
   */
  public static failover(...regions: RegionFailover[]): LocalityRouting {
    for (const region of regions) requireOptions('LocalityRouting', region, REGION_FAILOVER);
    const failover = regions.map(({ callersIn, goTo }) => ({
      from: requireRegion(callersIn),
      to: requireOther(callersIn, requireRegion(goTo)),
    }));
    return new LocalityRouting({ enabled: true, failover: failover.length > 0 ? failover : undefined });
  }

  /**
   * Pods come first that have these labels in common with the caller: all of them, then all but the last, and so on.
   * @param labels Labels of pods, or `label=value`, such as `topology.kubernetes.io/region` and `topology.kubernetes.io/zone`
   */
  public static failoverByLabels(...labels: string[]): LocalityRouting {
    for (const label of labels) requireArguments('LocalityRouting', { label }, { label: TEXT });
    if (labels.length === 0) {
      throw new MeshError({
        code: 'MESH707',
        at: 'LocalityRouting',
        what: 'failoverByLabels names at least one label',
        got: 'no label',
        fix: "name one, such as 'topology.kubernetes.io/zone', or use LocalityRouting.failover()",
      });
    }
    return new LocalityRouting({ enabled: true, failoverPriority: labels });
  }

  /**
   * Requests are shared out between zones, wherever pods are free.
   * @param localities For callers of each place, what goes where
   */
  public static distribute(...localities: LocalityShares[]): LocalityRouting {
    for (const locality of localities) requireOptions('LocalityRouting', locality, LOCALITY_SHARES);
    const distribute = localities.map(({ callersIn, shares }) => ({ from: callersIn, to: requireWhole(callersIn, shares) }));
    return new LocalityRouting({ enabled: true, distribute });
  }

  /** Zones play no part, whatever the mesh configuration says. */
  public static off(): LocalityRouting {
    return new LocalityRouting({ enabled: false });
  }

  /** @internal */
  public readonly _facts: LocalityFacts;

  private constructor(facts: LocalityFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const LOCALITY_ROUTING = made(LocalityRouting, 'LocalityRouting', 'LocalityRouting.failover()');

function requireRegion(region: string): string {
  if (region !== '' && !/[/*]/.test(region)) return region;
  throw new MeshError({
    code: 'MESH708',
    at: 'LocalityRouting',
    what: 'failover is said of regions, by their names alone',
    got: region,
    fix: 'name the region without a zone; between zones of a region requests move by themselves',
  });
}

function requireOther(region: string, other: string): string {
  if (region !== other) return other;
  throw new MeshError({
    code: 'MESH709',
    at: 'LocalityRouting',
    what: 'another region stands in for a region',
    got: other,
    fix: 'name the region that takes its requests',
  });
}

function requireWhole(callersIn: string, shares: { readonly [locality: string]: number }): Record<string, number> {
  const weights = Object.values(shares);
  const isWhole =
    weights.every((weight) => Number.isInteger(weight) && weight >= 1) && weights.reduce((sum, weight) => sum + weight, 0) === 100;
  if (isWhole) return { ...shares };
  throw new MeshError({
    code: 'MESH710',
    at: 'LocalityRouting',
    what: `the shares for callers in ${callersIn} are whole numbers from 1 that add up to 100`,
    got:
      Object.entries(shares)
        .map(([locality, weight]) => `${locality}: ${weight}`)
        .join(', ') || '{}',
    fix: 'leave out places that get none, and give the rest 100 together',
  });
}
