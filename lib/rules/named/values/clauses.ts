import type { FieldPath } from '../../../model/declared';
import type { ManifestObject } from '../../../model/mesh-model';
import { fieldsOf, listOf, textOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';

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
        const values: unknown = fieldsOf(clause[INNER[side]])[name];
        const place = ['spec', 'rules', ruleIndex, side, index, INNER[side], name];
        const texts = Array.isArray(values) ? values.map(textOf) : [];
        return texts.flatMap((value, at) => (value === undefined ? [] : [{ value, field: [...place, at] }]));
      }),
    ),
  );
}
