import { fieldsOf, isSaid, listOf, valueAt } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import type { DestinationRule } from './destination-rules';

const ADDRESS = ['port', 'portLevelSettings', 'tls'];

/** Whether it asks for more than mutual TLS, which the mesh has anyhow, and than names for versions, which only a route can use. */
export function shapesTraffic({ object, tlsModes }: Pick<DestinationRule, 'object' | 'tlsModes'>): boolean {
  const { trafficPolicy, subsets } = specOf(object);
  const policies = [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)];
  const levels = policies.flatMap((policy) => [fieldsOf(policy), ...listOf(valueAt(policy, 'portLevelSettings'))]);
  const isSaidOf = (level: Readonly<Record<string, unknown>>): boolean =>
    Object.keys(level).some((key) => !ADDRESS.includes(key) && isSaid(level[key]));
  return levels.some(isSaidOf) || tlsModes.some((mode) => mode === 'SIMPLE' || mode === 'MUTUAL');
}
