import type { Duration } from 'cdk8s';
import type { Kind } from '../../support/options/kind';

/** Told by what it can do: another copy of cdk8s makes Durations that are as good. */
export const DURATION: Kind<Duration> = {
  wanted: 'a Duration',
  example: 'Duration.seconds(5)',
  isOne: (value) => typeof (value as Partial<Duration> | null | undefined)?.toMilliseconds === 'function',
};
