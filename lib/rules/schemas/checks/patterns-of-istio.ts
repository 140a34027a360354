const MOST_LETTERS = 1024;
// Go's own ways of quoting and of classes, of which nobody can be sure here.
const OF_GO = /\\Q|\[\^?\]|\[\^?\[:/;
const LOOKS_ROUND = /\(\?<?[=!]/;
const REFERS_BACK = /\\[1-9]/;
const REPEATS_NOTHING = /(^|[(|])[*+]|(^|\|)\?|[*+][*+]/;

/** What Istio has against a regular expression; nothing where it may be one. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > MOST_LETTERS) return `has more than ${MOST_LETTERS} letters`;
  if (OF_GO.test(pattern)) return undefined;
  const bare = pattern.replace(/\\[^1-9]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (LOOKS_ROUND.test(bare)) return 'looks ahead or behind, which RE2 cannot';
  if (REFERS_BACK.test(bare)) return 'refers back to a group, which RE2 cannot';
  if (REPEATS_NOTHING.test(bare)) return 'repeats nothing';
  return isClosed(bare) ? undefined : 'has a bracket without its other';
}

function isClosed(bare: string): boolean {
  const depths = [...bare].reduce<number[]>((all, letter) => [...all, (all.at(-1) ?? 0) + stepOf(letter)], []);
  return !bare.includes('[') && !bare.endsWith('\\') && depths.every((depth) => depth >= 0) && (depths.at(-1) ?? 0) === 0;
}

function stepOf(letter: string): number {
  if (letter === '(') return 1;
  return letter === ')' ? -1 : 0;
}
