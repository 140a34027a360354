import { relative } from 'node:path';
import { MeshError } from '../../lib/support/mesh-error';

export interface Refusal {
  readonly code: string;
  /** Path of the construct, or name of the value. */
  readonly path: string;
  /** Part of what the message says to write instead. */
  readonly fix: string;
  /** Part of what the message says was given. */
  readonly got?: string;
}

/** Asserts that a call is refused as users need it: with its code, its place, the cure, and the line that they wrote, which is the test's. */
export function expectRefusal(act: () => unknown, { code, path, fix, got }: Refusal): void {
  const error = refusalOf(act);
  expect({ code: error.code, path: error.path }).toEqual({ code, path });
  expect(error.fix).toContain(fix);
  expect(error.message).toContain(`${code} at ${path}: `);
  expect(error.message).toContain(`\n  fix: ${error.fix}`);
  expect(error.message).toContain(`\n  got: ${got ?? ''}`);
  expect(error.message).toContain(`\n  declared at: ${relative('', expect.getState().testPath!)}:`);
}

function refusalOf(act: () => unknown): MeshError {
  try {
    act();
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
  throw new Error('expected a MeshError, nothing was refused');
}
