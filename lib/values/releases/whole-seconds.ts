import type { Duration } from 'cdk8s';
import { MeshError } from '../../support/mesh-error';

/** A time as Flagger and Argo Rollouts both read it: whole seconds, one at least. */
export function wholeSeconds(at: string, what: string, duration: Duration): string {
  const ms = duration.toMilliseconds();
  if (ms >= 1000 && ms % 1000 === 0) return `${ms / 1000}s`;
  throw new MeshError({
    code: 'MESH749',
    at,
    what: `${what} is counted in whole seconds, one at least`,
    got: `${ms} ms`,
    fix: 'give it in seconds or minutes, for example Duration.minutes(1)',
  });
}
