import type { Fields } from '../../../cluster/objects/fields';

/** What Istio's webhook says against a spec, in our words. */
export interface Complaint {
  readonly what: string;
  readonly fix: string;
}

/** One thing that the webhook asks of a kind: the complaint where it is not met. */
export interface Check extends Complaint {
  readonly fails: (spec: Fields) => boolean;
}

export function hasTwins(values: readonly unknown[]): boolean {
  const said = values.filter((value) => value !== undefined);
  return new Set(said).size < said.length;
}
