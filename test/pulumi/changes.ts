import { isDeepStrictEqual } from 'util';
import { type Registered, urnBelow } from './stack';

/** What the state of a stack has of a resource. */
export type Known = Pick<Registered, 'urn' | 'name' | 'type' | 'inputs'>;

/** What an update does, in its order: first it creates and updates, then it deletes. Each resource is given as `Kind name`. */
export interface Changes {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
}

/** What the engine makes of a program by URNs and aliases, given the resources that the last one left. */
export function changes(before: readonly Known[], after: readonly Registered[]): Changes {
  const state = new Map(before.map((one) => [one.urn, one]));
  const old = matched(state, after);
  const kept = new Set(old.values());
  return {
    created: after.filter((one) => !old.has(one)).map(labelOf),
    updated: after.filter((one) => old.has(one) && differs(old.get(one)!, one)).map(labelOf),
    // From the last to the first, so that what needs another goes before it.
    deleted: before
      .filter((one) => !kept.has(one))
      .map(labelOf)
      .reverse(),
  };
}

/** A change of the inputs, but for those that the program leaves as they are. */
function differs(before: Known, { inputs, ignoreChanges }: Registered): boolean {
  const told = (given: object): object => ignoreChanges.reduce((left, path) => without(left, path.split('.')), given);
  return !isDeepStrictEqual(told(before.inputs), told(inputs));
}

function without(given: any, [field, ...path]: readonly string[]): object {
  if (given?.[field] === undefined) return given;
  const { [field]: value, ...others } = given;
  return path.length === 0 ? others : { ...others, [field]: without(value, path) };
}

/** The resources that were there, each with what it was. The URN comes before the aliases, and nobody may claim what another has. */
function matched(state: ReadonlyMap<string, Known>, after: readonly Registered[]): Map<Registered, Known> {
  const old = new Map<Registered, Known>();
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const one of after) {
    const urn = [one.urn, ...formerUrns(one, renamed)].find((candidate) => state.has(candidate));
    for (const claimed of new Set([one.urn, urn ?? one.urn])) {
      if (taken.has(claimed)) throw new Error(`${one.urn}: ${claimed} is another resource in the same update`);
      taken.add(claimed);
    }
    if (urn === undefined) continue;
    old.set(one, state.get(urn)!);
    if (urn !== one.urn) renamed.set(one.urn, urn);
  }
  return old;
}

/** By its own aliases, and by those over which its parent was found. */
function formerUrns({ name, type, parent, aliases }: Registered, renamed: ReadonlyMap<string, string>): string[] {
  const own = aliases.map((alias) => {
    const around = alias.parent || parent;
    return { urn: urnBelow(renamed.get(around) ?? around, alias.type || type, alias.name || name), ...alias };
  });
  const former = renamed.get(parent);
  if (former === undefined) return own.map(({ urn }) => urn);
  const [from, to] = [nameOf(parent), nameOf(former)];
  const inherited = [{ name, type }, ...own].map((one) => {
    const called = one.name || name;
    return urnBelow(former, one.type || type, called.startsWith(from) ? to + called.slice(from.length) : called);
  });
  return [...own.map(({ urn }) => urn), ...inherited];
}

const nameOf = (urn: string): string => urn.split('::').at(-1)!;

const labelOf = ({ type, name }: Known): string => `${type.split(':').at(-1)} ${name}`;
