import { readFileSync } from 'node:fs';
import { UsageError } from '../outcome';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a file, or of what is piped in. */
export function textIn(file: string | 0): string {
  const bytes = readFileSync(file);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new UsageError(`${file === 0 ? 'what is piped in' : file} is not in UTF-8`);
  }
}
