import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

/** Milliseconds of a duration that is longer than none. */
export function millisecondsOf(at: IConstruct, what: string, duration: Duration): number {
  const ms = duration.toMilliseconds();
  if (ms >= 1 && Number.isInteger(ms)) return ms;
  throw new MeshError({
    code: 'MESH016',
    at,
    what: `${what} is at least one millisecond`,
    got: duration.toHumanString(),
    fix: `give ${what} a longer Duration, or leave it out`,
  });
}
