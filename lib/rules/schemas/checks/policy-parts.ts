import type { FieldPath } from '../../../model/declared';
import { type Fields, fieldsOf, listOf, textOf, textsOf } from '../../../cluster/objects/fields';

export interface PolicyValue {
  readonly value: string;
  readonly field: FieldPath;
}

/** What an item of `from` or `to` holds. */
export interface PolicyPart {
  readonly fields: Fields;
  readonly field: FieldPath;
}

export interface PolicyWhen {
  readonly key: string;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  readonly field: FieldPath;
}

const INNER = { from: 'source', to: 'operation' } as const;
const SIDES = ['from', 'to'] as const;

/** The sources and operations of all rules, empty where an item has none. Fields are those of the spec. */
export function sourcesAndOperations({ rules }: Fields): PolicyPart[] {
  return listOf(rules).flatMap((rule, index) =>
    SIDES.flatMap((side) =>
      listOf(rule[side]).map((item, at) => ({ fields: fieldsOf(item[INNER[side]]), field: ['rules', index, side, at, INNER[side]] })),
    ),
  );
}

/** Values in sources and operations, of these fields or of all. */
export function valuesIn(spec: Fields, names?: readonly string[]): PolicyValue[] {
  return sourcesAndOperations(spec).flatMap(({ fields, field }) =>
    Object.entries(fields)
      .filter(([name]) => names === undefined || names.includes(name))
      .flatMap(([name, values]) => textsOf(values).map((value, at) => ({ value, field: [...field, name, at] }))),
  );
}

export function whensIn({ rules }: Fields): PolicyWhen[] {
  return listOf(rules).flatMap((rule, index) =>
    listOf(rule.when).map(({ key, values, notValues }, at) => ({
      key: textOf(key) ?? '',
      values: textsOf(values),
      notValues: textsOf(notValues),
      field: ['rules', index, 'when', at],
    })),
  );
}
