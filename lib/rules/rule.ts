import type { Declared } from '../model/declared';
import type { FindingLevel } from '../model/finding';
import type { MeshModel } from '../model/mesh-model';
import { sortedBy } from '../support/ordering';
import { isCertain } from './waiting';

export interface Discovery {
  /** What it is about: names the construct and the line of user code. */
  readonly on: Declared;
  readonly message: string;
  readonly got?: string;
  readonly fix: string;
}

export type Report = (discovery: Discovery) => void;

/** One mistake, or one thing worth knowing, that shows only when the whole model is there. */
export interface Rule {
  readonly code: string;
  readonly level: FindingLevel;
  readonly title: string;
  check(model: MeshModel, report: Report): void;
}

/** A rule reports in one order, whatever the order of declaration, and only what holds whatever a value will be that is known later. */
export function rule(definition: Rule): Rule {
  return Object.freeze({
    ...definition,
    check(model: MeshModel, report: Report): void {
      const found: Discovery[] = [];
      definition.check(model, (discovery) => found.push(discovery));
      const certain = found.filter(({ on }) => isCertain(model, definition.code, on));
      for (const discovery of sortedBy(certain, ({ on, message }) => `${on.path}\n${message}`)) report(discovery);
    },
  });
}
