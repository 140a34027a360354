import { type Fields, fieldsOf, isSaid, numberOf, textOf } from '../../../cluster/objects/fields';
import { type Demand, within } from '../demands/demand';
import { TIMESPAN } from '../demands/pools';
import { isNegative } from '../values/amounts';
import { isNoTimespan, isNotOfSeconds } from '../values/timespans';

const ROUTE = 'spec.http[]';
const RETRIES = `${ROUTE}.retries`;
const REASONS = [
  ...['5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream'],
  ...['retriable-status-codes', 'retriable-headers', 'envoy-ratelimited', 'http3-post-connect-failure'],
  ...['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
];
// Those that Go has a text for.
const STATUSES = '100-103 200-208 226 300-305 307-308 400-418 421-426 428-429 431 451 500-508 510-511';

/** What is asked of times and tries of a route. */
export const TRY_DEMANDS: readonly Demand[] = [
  { at: within([ROUTE], 'timeout', 'retries.perTryTimeout', 'retries.backoff', 'corsPolicy.maxAge'), refuses: isNoTimespan, ...TIMESPAN },
  {
    at: `${ROUTE}.corsPolicy.maxAge`,
    refuses: (age) => !isNoTimespan(age) && isNotOfSeconds(age),
    what: 'has a part of a second',
    fix: 'write whole seconds, such as 60s',
  },
  { at: `${RETRIES}.attempts`, refuses: isNegative, what: 'is below zero', fix: 'write how often to try again' },
  {
    at: RETRIES,
    refuses: (retries) => isForNothing(fieldsOf(retries)),
    what: 'says how to try again, and attempts that nobody does',
    fix: 'write attempts, or nothing beside attempts: 0',
  },
  {
    at: `${RETRIES}.retryOn`,
    refuses: (reasons) => typeof reasons === 'string' && reasons !== '' && !reasons.split(',').every(isReason),
    what: 'has a word that Envoy does not know, or a space',
    fix: 'write words of Envoy and statuses divided by commas alone, such as connect-failure,refused-stream,503',
  },
];

function isForNothing({ attempts, perTryTimeout, retryOn, retryRemoteLocalities }: Fields): boolean {
  return (numberOf(attempts) ?? 0) === 0 && (isSaid(perTryTimeout) || Boolean(textOf(retryOn)) || isSaid(retryRemoteLocalities));
}

function isReason(word: string): boolean {
  return REASONS.includes(word) || (/^[+-]?\d+$/.test(word) && isKnownStatus(Number(word)));
}

function isKnownStatus(status: number): boolean {
  return STATUSES.split(' ').some((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return status >= first && status <= last;
  });
}
