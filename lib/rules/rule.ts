import type { Declared, FieldPath } from '../model/declared';
import type { Cure, FindingLevel } from '../model/finding';
import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { sortedBy } from '../support/ordering';
import type { Comparison } from './comparison';
import { perModel } from './per-model';
import { type Waiting, waitingIn } from './waiting';

export interface Discovery {
  /** What it is about: names the construct and the line of user code. */
  readonly on: Declared & Pick<ManifestObject, 'pathOf' | 'editFor'>;
  /** The field in fault, of a finding about an object of the manifests. */
  readonly field?: FieldPath;
  readonly message: string;
  readonly got?: string;
  readonly fix: string;
  /** The same for who has YAML alone, where `fix` is in words of a program. */
  readonly yamlFix?: string;
  /** What mends it all, where that is mechanical. */
  readonly cures?: readonly Cure[];
}

export type Report = (discovery: Discovery) => void;

interface RuleDefinition {
  readonly code: string;
  readonly level: FindingLevel;
  readonly title: string;
  /** Fields of manifests by which it judges; absent where it asks the model alone. While one is known only later, it says nothing of that object. */
  readonly compares?: readonly Comparison[];
  /** `rules` are all that run, for the one that speaks of the others. */
  check(model: MeshModel, report: Report, rules: readonly Rule[]): void;
}

/** One mistake, or one thing worth knowing, that shows only when the whole model is there. */
export interface Rule extends RuleDefinition {
  /** What it cannot compare before a value is known. */
  waits(model: MeshModel): readonly Waiting[];
}

/** A rule reports in one order, whatever the order of declaration, and only what holds whatever a value will be that is known later. */
export function rule(definition: RuleDefinition): Rule {
  const waits = perModel((model) => waitingIn(model, definition.compares ?? []));
  return Object.freeze({
    ...definition,
    waits,
    check(model: MeshModel, report: Report, rules: readonly Rule[]): void {
      const found: Discovery[] = [];
      definition.check(model, (discovery) => found.push(discovery), rules);
      const certain = found.filter(({ on }) => isCertain(waits(model), on));
      for (const discovery of sortedBy(certain, ({ on, message }) => `${on.path}\n${message}`)) report(inOwnWords(model, discovery));
    },
  });
}

/** Whoever has written YAML alone has no constructs to change. */
function inOwnWords(model: MeshModel, discovery: Discovery): Discovery {
  return isBare(model) ? { ...discovery, fix: discovery.yamlFix ?? discovery.fix } : discovery;
}

/** Nobody has said anything but objects. */
export function isBare({ knownNamespaces, namespaces }: MeshModel): boolean {
  return knownNamespaces !== undefined && namespaces.length === 0;
}

/** What a rule says of something holds whatever the values will be that are known only later. */
function isCertain(waiting: readonly Waiting[], { path }: Declared): boolean {
  return !waiting.some(({ object, comparison }) => comparison.sought || object.path === path);
}
