import type { Speaker } from '../../requests/callers';

/** What something on a way asks about whoever calls: callers that answer all questions alike fare alike. */
export interface Question {
  /** The same for questions that get the same answers. */
  readonly id: string;
  holds(caller: Speaker): boolean;
  /** It holds for nobody of a namespace for which this does not. */
  mayHoldIn?(namespaceName: string): boolean;
}

/** A number for each of some things, whatever they are called. */
export function numbering(): (thing: object) => number {
  const known = new Map<object, number>();
  return (thing) => {
    const number = known.get(thing) ?? known.size;
    known.set(thing, number);
    return number;
  };
}
