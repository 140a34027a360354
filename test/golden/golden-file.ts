import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Reviewed like code. `UPDATE_GOLDEN=1 npm test -- golden` writes the files again; every changed line then needs its reason.
export const UPDATE = process.env.UPDATE_GOLDEN === '1';

/** What was reviewed under that name; written anew first where it is asked for. */
export function golden(file: string, text: string): string {
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return readFileSync(file, 'utf8');
}
