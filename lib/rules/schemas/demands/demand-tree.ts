import type { Fields } from '../../../cluster/objects/fields';
import { holdsDeferred, isAnyMade } from '../../../support/deferred';
import type { Demand } from './demand';
import { type Place, placesAfter, type Step, stepOf } from './places';

/** Demands by the ways to their fields: what several ways have in common is gone once. */
export interface DemandTree {
  /** Those of the fields at which it stands. */
  readonly asked: readonly Asked[];
  readonly branches: readonly Branch[];
}

type Branch = DemandTree & { readonly step: Step };

interface Asked {
  readonly demand: Demand;
  /** Its place among all demands and their ways. */
  readonly turn: number;
}

export type Refusal = Asked & { readonly place: Place };

export function demandTree(demands: readonly Demand[]): DemandTree {
  const ways = demands.flatMap((demand) => [demand.at].flat().map((way) => ({ demand, words: way.split('.') })));
  return treeOf(ways.map(({ demand, words }, turn) => ({ demand, words, turn })));
}

function treeOf(asked: readonly (Asked & { readonly words: readonly string[] })[]): DemandTree {
  const further = new Set(asked.flatMap(({ words }) => words.slice(0, 1)));
  const branchAt = (first: string): Branch => {
    const along = asked.filter(({ words }) => words[0] === first).map((one) => ({ ...one, words: one.words.slice(1) }));
    return { step: stepOf(first), ...treeOf(along) };
  };
  return {
    asked: asked.filter(({ words }) => words.length === 0).map(({ demand, turn }) => ({ demand, turn })),
    branches: [...further].map(branchAt),
  };
}

/** What a manifest has that is refused, in the order of the demands; what holds a value that is known only later is passed over. */
export function refusalsIn(manifest: Fields, tree: DemandTree): Refusal[] {
  const found: Refusal[] = [];
  collect({ value: manifest, field: [], around: [] }, tree, found);
  return found.sort((a, b) => a.turn - b.turn);
}

function collect(place: Place, { asked, branches }: DemandTree, found: Refusal[]): void {
  const refused = asked.filter(({ demand }) => demand.refuses(place.value, place));
  if (refused.length > 0 && !(isAnyMade() && holdsDeferred(place.value))) found.push(...refused.map((one) => ({ ...one, place })));
  for (const branch of branches) for (const inner of placesAfter(place, branch.step)) collect(inner, branch, found);
}
