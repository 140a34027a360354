import { fieldsOf, isSaid, numberOf, textOf, valueAt } from '../../objects/fields';

/** What a route does to some of its requests on purpose. Empty where it is said and does nothing. */
export interface RouteFault {
  readonly delay?: { readonly duration: string; readonly percent: number };
  readonly abort?: FaultAbort;
}

/** Requests that the proxy answers itself, with the one status or the other. */
export interface FaultAbort {
  readonly status?: number;
  /** By its name: `UNAVAILABLE`. */
  readonly grpcStatus?: string;
  readonly percent: number;
}

/** The `fault` of a route of a VirtualService. Without a percentage it is for no request. */
export function readFault(said: unknown): RouteFault | undefined {
  if (!isSaid(said)) return undefined;
  const { delay, abort } = fieldsOf(said);
  return { delay: delayOf(delay), abort: abortOf(abort) };
}

/** The old field, a whole number, counts where the new one is not said; of an exponential delay istiod makes nothing. */
function delayOf(said: unknown): RouteFault['delay'] {
  const { fixedDelay, percentage, percent: old } = fieldsOf(said);
  const percent = (isSaid(percentage) ? numberOf(valueAt(percentage, 'value')) : numberOf(old)) ?? 0;
  const duration = textOf(fixedDelay);
  return duration !== undefined && percent > 0 ? { duration, percent } : undefined;
}

function abortOf(said: unknown): FaultAbort | undefined {
  const { httpStatus, grpcStatus, percentage } = fieldsOf(said);
  const [status, named] = [numberOf(httpStatus), textOf(grpcStatus)];
  const percent = numberOf(valueAt(percentage, 'value')) ?? 0;
  if ((status === undefined && named === undefined) || percent <= 0) return undefined;
  return status === undefined ? { grpcStatus: named, percent } : { status, percent };
}
