import type { Fields } from '../../../cluster/objects/fields';
import type { FieldPath } from '../../../model/declared';

/** What Istio's webhook says against a spec, in our words. */
export interface Complaint {
  readonly what: string;
  readonly fix: string;
}

/** One thing that the webhook asks of a kind: the complaint where it is not met. */
export interface Check extends Complaint {
  readonly fails: (spec: Fields) => boolean;
  /** The field in fault, where one is. */
  readonly where?: (spec: Fields) => FieldPath;
}

/** A check that finds fields of the spec; the first one is told. */
export function placed(find: (spec: Fields) => readonly FieldPath[]): Pick<Check, 'fails' | 'where'> {
  return { fails: (spec) => find(spec).length > 0, where: (spec) => ['spec', ...find(spec)[0]] };
}

export function hasTwins(values: readonly unknown[]): boolean {
  const said = values.filter((value) => value !== undefined);
  return new Set(said).size < said.length;
}
