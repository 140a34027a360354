import { type Matcher, rateOf } from '../observability/promql';

/** What is asked of labels: `name="value"`, one a piece. */
export type Where = readonly Matcher[];

export const REQUESTS = 'istio_requests_total';
export const DURATION = 'istio_request_duration_milliseconds';

/** How much of a counter there is in a second, together or for each value of some labels. */
export function rate(metric: string, where: Where, by: readonly string[] = []): string {
  const each = by.length > 0 ? ` by (${by.join(', ')}) ` : '';
  return `sum${each}(${rateOf(metric, where, '$__rate_interval')})`;
}

/** Which part of what is asked for is so; 0 where there is none, nothing where nothing is asked for. */
export function share(metric: string, where: Where, so: Where, by: readonly string[] = []): string {
  const all = rate(metric, where, by);
  return `(${rate(metric, [...where, ...so], by)} or 0 * ${all}) / ${all}`;
}

/** How long requests take: so many of them no longer than this. */
export function quantile(part: number, where: Where, by: readonly string[] = []): string {
  return `histogram_quantile(${part}, ${rate(`${DURATION}_bucket`, where, ['le', ...by])})`;
}

/** Requests at one time: so many as come in a second, for as long as one takes. */
export function inFlight(where: Where, by: readonly string[] = []): string {
  return `${rate(`${DURATION}_sum`, where, by)} / 1000`;
}
