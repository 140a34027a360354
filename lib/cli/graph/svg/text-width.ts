// Widths of letters of a plain font of size 1, by how much room they take; nobody here knows the font that will be there.
const NARROW = /[ijl.,:;|!'()[\]/\\ tfr-]/;
const WIDE = /[mwMW@%]/;
const CAPITAL = /[A-Z#&0-9_]/;
const FULL = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;

/** About how wide a text is in pixels, rather more than less. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

function letterWidth(letter: string): number {
  if (FULL.test(letter)) return 1.05;
  if (WIDE.test(letter)) return 0.9;
  if (NARROW.test(letter)) return 0.38;
  return CAPITAL.test(letter) ? 0.68 : 0.58;
}
