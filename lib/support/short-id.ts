import { createHash } from 'node:crypto';

const LONGEST = 40;

/** An id for where few letters are taken: the same for the same words, and another for others. */
export function shortId(...words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, LONGEST);
}
