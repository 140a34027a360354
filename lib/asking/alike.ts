import type { Cluster } from '../cluster/cluster';
import { perCluster } from '../cluster/per-cluster';
import { AlikeCallers } from '../verdict/reach/alike/alike-callers';
import type { Target } from '../verdict/requests/request';
import { callersIn } from './callers-in';
import { callersNamed } from './names';

const everybody = perCluster((cluster: Cluster) => {
  const callers = callersIn(cluster).map((name) => callersNamed(cluster, name));
  return new AlikeCallers(
    cluster,
    callers.map(([caller]) => caller),
  );
});

/** The place of each caller among all. */
export const placesOf = perCluster((cluster: Cluster) => new Map(callersIn(cluster).map((name, index) => [name, index])));

/**
 * A mark for each caller: who has the same fares alike at all of some ends. Whoever is asked about besides is like nobody else.
 * @param isExact Tells apart as well who is refused by another object
 */
export function marksTo(cluster: Cluster, targets: readonly Target[], isExact = false): (caller: string) => string {
  const [places, marks] = [placesOf(cluster), targets.map((to) => everybody(cluster).marksAt(to, isExact))];
  return (caller) => {
    const place = places.get(caller);
    return place === undefined ? `none but ${caller}` : marks.map((at) => at[place]).join('\n');
  };
}
