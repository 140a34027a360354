// What no format can hold, and what turns text around without being seen.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** A text from a manifest as a picture may show it: in a line, and nothing in it that cannot be seen. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '□');
}

/** The same, not longer than so many letters. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
