import { CallSite } from '../call-site';
import type { MeshError } from '../mesh-error';
import { showPlainly } from './show-plainly';

/** Several mistakes that were found together, each told as it would be alone. */
export class MeshErrors extends Error {
  readonly #errors: readonly MeshError[];

  constructor(errors: readonly MeshError[]) {
    super(errors.map(({ message }) => message).join('\n\n'));
    this.#errors = errors;
    showPlainly(this, CallSite.ofError().userFrames);
  }

  override get name(): string {
    return 'MeshErrors';
  }

  get errors(): readonly MeshError[] {
    return this.#errors;
  }
}

/** Refuses whatever is wrong, at once; nothing where nothing is. */
export function refuseAll(errors: readonly MeshError[]): void {
  if (errors.length > 1) throw new MeshErrors(errors);
  if (errors.length === 1) throw errors[0];
}
