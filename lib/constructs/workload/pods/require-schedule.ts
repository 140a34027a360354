import type { IConstruct } from 'constructs';
import { MeshError } from '../../../support/mesh-error';

interface Field {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for numbers, the first one for the least. */
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { what: 'minute', least: 0, most: 59 },
  { what: 'hour', least: 0, most: 23 },
  { what: 'day', least: 1, most: 31 },
  { what: 'month', least: 1, most: 12, names: MONTHS },
  { what: 'weekday', least: 0, most: 6, names: WEEKDAYS },
];
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
// A duration as Go writes it.
const EVERY = /^@every [-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

/** A schedule that the API server takes, which reads it by github.com/robfig/cron; no less than that server takes. */
export function requireSchedule(at: IConstruct, schedule: string): string {
  const wrong = wrongIn(schedule);
  if (wrong === undefined) return schedule;
  throw new MeshError({
    code: 'MESH779',
    at,
    what: 'a schedule has a minute, an hour, a day, a month and a weekday, or is a word such as @hourly',
    got: wrong === '' ? schedule : `${schedule} (${wrong})`,
    fix: "write for example '30 6 * * 1' for half past six on Mondays; the time zone is timeZone",
  });
}

/** What is wrong, as far as there are words for it. */
function wrongIn(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'with a time zone';
  if (schedule.startsWith('@')) return MACROS.includes(schedule) || EVERY.test(schedule) ? undefined : '';
  const parts = schedule.split(/\s+/).filter(Boolean);
  if (parts.length !== FIELDS.length) return '';
  const wrong = FIELDS.find(
    (field, index) =>
      !parts[index]
        .split(',')
        .filter(Boolean)
        .every((part) => isIn(field, part)),
  );
  return wrong && `${wrong.what} ${parts[FIELDS.indexOf(wrong)]}`;
}

/** One number, range or `*`, with a step or without. */
function isIn(field: Field, part: string): boolean {
  const [range, step, ...tooMany] = part.split('/');
  if (tooMany.length > 0 || (step !== undefined && !(numberOf(step) > 0))) return false;
  const [from, to, ...others] = range.split('-');
  if (from === '*' || from === '?') return true;
  const first = numberOf(from, field);
  const last = to === undefined ? (step === undefined ? first : field.most) : numberOf(to, field);
  return others.length === 0 && first >= field.least && first <= last && last <= field.most;
}

function numberOf(word: string, { names = [], least = 0 }: Partial<Field> = {}): number {
  const index = names.indexOf(word.toLowerCase());
  if (index >= 0) return index + least;
  return /^\+?\d+$/.test(word) ? Number(word) : NaN;
}

const ZONE_PART = /^(?!-|\.{1,2}$)[A-Za-z0-9._+-]{1,14}$/;

/** A time zone that the API server knows. */
export function requireTimeZone(at: IConstruct, timeZone: string): string {
  if (timeZone.split('/').every((part) => ZONE_PART.test(part)) && isKnownZone(timeZone)) return timeZone;
  throw new MeshError({
    code: 'MESH824',
    at,
    what: 'a time zone is one of the database of IANA, letter by letter',
    got: timeZone,
    fix: "write for example 'Europe/Berlin' or 'UTC', or leave timeZone out for that of the cluster",
  });
}

function isKnownZone(timeZone: string): boolean {
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    // Node takes capitals for small letters, the API server looks for a file.
    return known === timeZone || known.toLowerCase() !== timeZone.toLowerCase();
    // An unknown one is a RangeError; there is no other way to ask.
    // eslint-disable-next-line no-restricted-syntax
  } catch {
    return false;
  }
}
