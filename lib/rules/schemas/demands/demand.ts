import type { Place } from './places';

/** What the webhook, or a rule of the kind's own schema, asks of a field wherever it stands. */
export interface Demand {
  /** Keys from the manifest on, divided by dots: `[]` after one means each item of its list, `{}` each value of its map. */
  readonly at: string | readonly string[];
  readonly refuses: (value: unknown, place: Place) => boolean;
  /** What is wrong, after the name of the field. */
  readonly what: string;
  readonly fix: string;
}

/** The same field in several places. */
export function within(places: readonly string[], ...keys: readonly string[]): string[] {
  return places.flatMap((place) => keys.map((key) => (key === '' ? place : `${place}.${key}`)));
}
