import type { FieldPath } from '../../../model/declared';
import type { ManifestObject } from '../../../model/mesh-model';
import { fieldsOf, listOf, textOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { groupedBy } from '../../../support/grouping';

/** One value of a policy, with the place where it stands. */
export interface ClauseValue {
  readonly value: string;
  readonly field: FieldPath;
}

const INNER = { from: 'source', to: 'operation' } as const;

/** The values of some fields of a policy's rules: `from` those of callers, `to` those of requests. */
export function valuesOf(object: ManifestObject, side: 'from' | 'to', names: readonly string[]): ClauseValue[] {
  return listOf(specOf(object).rules).flatMap((rule, ruleIndex) =>
    listOf(rule[side]).flatMap((clause, index) =>
      names.flatMap((name) => {
        const place = ['spec', 'rules', ruleIndex, side, index, INNER[side], name];
        return placed(fieldsOf(clause[INNER[side]])[name], place);
      }),
    ),
  );
}

/** The lists of values that a policy's rules compare with a port: of the called, or what they are not to be. */
export function portListsOf(object: ManifestObject): ClauseValue[][] {
  const ofConditions = listOf(specOf(object).rules).flatMap((rule, ruleIndex) =>
    listOf(rule.when).flatMap((condition, index) => {
      const place = ['spec', 'rules', ruleIndex, 'when', index];
      return condition.key === 'destination.port'
        ? ['values', 'notValues'].flatMap((name) => placed(condition[name], [...place, name]))
        : [];
    }),
  );
  const all = [...valuesOf(object, 'to', ['ports', 'notPorts']), ...ofConditions];
  return [...groupedBy(all, ({ field }) => field.slice(0, -1).join('.')).values()];
}

function placed(values: unknown, place: FieldPath): ClauseValue[] {
  const texts = Array.isArray(values) ? values.map(textOf) : [];
  return texts.flatMap((value, at) => (value === undefined ? [] : [{ value, field: [...place, at] }]));
}
