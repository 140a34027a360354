import type { RouteTable, WeightedVersion } from '../../model/route';

/** Where connections go whose bytes no proxy reads: as all requests do that no match takes. Empty where the Service is enough. */
export function connectionBackends({ rules }: RouteTable): readonly WeightedVersion[] {
  return rules.find(({ matches }) => matches.length === 0)?.backends ?? [];
}
