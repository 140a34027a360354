import { Lazy } from 'cdk8s';

/** A value that is asked for when the manifest is written; typed as what it will be, for cdk8s has no type for it. */
export function lazy<T>(produce: () => T | undefined): T {
  return Lazy.any({ produce }) as unknown as T;
}
