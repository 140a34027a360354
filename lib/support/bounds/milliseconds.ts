import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';
import type { Timespan } from '../options/timespan';

// Gateway API writes hours in five digits, and no API of Istio's takes less.
const MOST_HOURS = 99_999;

/** The same of one that may be left out. */
export function optionalMilliseconds(at: IConstruct | string, what: string, duration: Timespan | undefined): number | undefined {
  return duration && requireMilliseconds(at, what, duration);
}

/** Milliseconds of a duration that is longer than none. */
export function requireMilliseconds(at: IConstruct | string, what: string, duration: Timespan): number {
  // Parts of a millisecond would make a bare error of cdk8s.
  const ms = duration.toMilliseconds({ integral: false });
  if (ms > MOST_HOURS * 3_600_000) {
    throw new MeshError({
      code: 'MESH073',
      at,
      what: `${what} is at most ${MOST_HOURS} hours`,
      got: duration.toHumanString(),
      fix: `give ${what} a shorter Duration, or leave it out where nothing shall limit it`,
    });
  }
  if (ms >= 1 && Number.isInteger(ms)) return ms;
  throw new MeshError({
    code: 'MESH016',
    at,
    what: `${what} is at least one millisecond, and whole ones`,
    got: duration.toHumanString(),
    fix: `give ${what} a longer Duration, or leave it out`,
  });
}
