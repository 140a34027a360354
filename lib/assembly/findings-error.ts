import { CallSite } from '../support/call-site';
import { showPlainly } from '../support/telling/show-plainly';

/** All errors that were found in an App, as one report. */
export class FindingsError extends Error {
  constructor(errors: readonly string[]) {
    super(errors.join('\n'));
    showPlainly(this, CallSite.ofError().userFrames);
  }

  override get name(): string {
    return 'FindingsError';
  }
}
