/** What has to hold of a request, or of its connection, besides who sends what. */
export type ConditionFacts =
  | { readonly in: 'header'; readonly name: string; readonly values: readonly string[] }
  | { readonly in: 'addresses'; readonly blocks: readonly string[] };

/** Only who reads HTTP can tell. */
export function needsHttp(conditions: readonly ConditionFacts[]): boolean {
  return conditions.some((one) => one.in === 'header');
}

/** One that is meant by nobody who is let in or refused by it. */
export interface Excepted {
  readonly name: string;
  readonly principal: string;
}
