import type { Kind } from './kind';

/** A duration of cdk8s, of any copy of it. */
export interface Timespan {
  toMilliseconds(options: object): number;
  toHumanString(): string;
}

/** Told by what it can do: another copy of cdk8s makes Durations that are as good. */
export function timespan<T extends Timespan>(): Kind<T> {
  return {
    wanted: 'a Duration',
    example: 'Duration.seconds(5)',
    isOne: (value) => typeof (value as Partial<Timespan> | null | undefined)?.toMilliseconds === 'function',
  };
}
