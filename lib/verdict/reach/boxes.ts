import { groupedBy } from '../../support/grouping';

/** A set of combinations: for each dimension the values that are in it, by number. */
export type Box = readonly (readonly number[])[];

/** Answers to all combinations of the values of some dimensions, as few boxes for each answer. */
export function boxesOf(sizes: readonly number[], answerTo: (values: readonly number[]) => string): ReadonlyMap<string, readonly Box[]> {
  const found = new Map<string, Box[]>();
  collect(treeOf(sizes, [], answerTo), [], found);
  return found;
}

/** A combination of which all that is left out gets one answer, or values of the next dimension that are alike from there on. */
type Tree = { readonly answer: string } | { readonly branches: readonly Branch[]; readonly id: string };

interface Branch {
  readonly values: readonly number[];
  readonly rest: Tree;
}

function treeOf(sizes: readonly number[], chosen: readonly number[], answerTo: (values: readonly number[]) => string): Tree {
  if (chosen.length === sizes.length) return { answer: answerTo(chosen) };
  const values = [...Array(sizes[chosen.length]).keys()];
  const trees = values.map((value) => ({ value, rest: treeOf(sizes, [...chosen, value], answerTo) }));
  const alike = [...groupedBy(trees, ({ rest }) => idOf(rest)).values()];
  const branches = alike.map((group) => ({ values: group.map(({ value }) => value), rest: group[0].rest }));
  return { branches, id: JSON.stringify(branches.map((branch) => [branch.values, idOf(branch.rest)])) };
}

function idOf(tree: Tree): string {
  return 'answer' in tree ? tree.answer : tree.id;
}

function collect(tree: Tree, box: Box, found: Map<string, Box[]>): void {
  if ('answer' in tree) found.set(tree.answer, [...(found.get(tree.answer) ?? []), box]);
  else for (const { values, rest } of tree.branches) collect(rest, [...box, values], found);
}
