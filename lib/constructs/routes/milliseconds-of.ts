import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

// Gateway API writes hours in five digits, and no API of Istio's takes less.
const MOST_HOURS = 99_999;

/** Milliseconds of a duration that is longer than none. */
export function millisecondsOf(at: IConstruct, what: string, duration: Duration): number {
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
