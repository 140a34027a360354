/**
 * A regular expression that must match the whole of a text, or undefined where Envoy's and JavaScript's are not known to agree on it. Both have
 * groups, classes, alternatives and repetitions; `(?i)` at the beginning is common enough to be read as well.
 */
export function tryPattern(text: string): RegExp | undefined {
  if (!patterns.has(text)) patterns.set(text, readPattern(text));
  return patterns.get(text);
}

const patterns = new Map<string, RegExp | undefined>();

function readPattern(text: string): RegExp | undefined {
  const isBlind = text.startsWith('(?i)');
  const pattern = isBlind ? text.slice('(?i)'.length) : text;
  return isCommon(pattern) ? new RegExp(`^(?:${pattern})$`, isBlind ? 'i' : '') : undefined;
}

/** The same for whatever it finds in a text, however often. */
export function trySearch(text: string): RegExp | undefined {
  return isCommon(text) ? new RegExp(text, 'g') : undefined;
}

const ESCAPE = String.raw`\\[nrtf.\\^$*+?()[\]{}|/-]`;
const SET = String.raw`\\[dDwWsS]`;
const MEMBER = String.raw`(?:${ESCAPE}|[^\\\][-])`;
const CLASS = String.raw`\[\^?-?(?:${MEMBER}-${MEMBER}|${SET}|${MEMBER})+-?\]`;
const TOKENS = new RegExp(
  [
    String.raw`(?<open>\((?:\?:)?)`,
    String.raw`(?<close>\))`,
    String.raw`(?<edge>[|^$]|\\[bB])`,
    String.raw`(?<repetition>(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??)`,
    String.raw`(?<item>${CLASS}|${SET}|${ESCAPE}|[^\\[\]{}])`,
    String.raw`(?<other>[^])`,
  ].join('|'),
  'g',
);

/** Every part is one that both know, what is repeated is there, and what is opened is closed. */
function isCommon(pattern: string): boolean {
  let depth = 0;
  let repeatable = false;
  for (const { groups = {} } of pattern.matchAll(TOKENS)) {
    const { open, close, repetition, item, other } = groups;
    if (open) depth += 1;
    if (close) depth -= 1;
    if (other || depth < 0 || (repetition && (!repeatable || isBackwards(repetition))) || (item && hasBackwardsRange(item))) return false;
    repeatable = Boolean(close ?? item);
  }
  return depth === 0;
}

function isBackwards(repetition: string): boolean {
  const [, least, most] = /^\{(\d+),(\d+)\}/.exec(repetition) ?? [];
  return most !== undefined && Number(least) > Number(most);
}

const RANGES = new RegExp(`(${MEMBER})-(${MEMBER})`, 'g');

function hasBackwardsRange(item: string): boolean {
  return item.startsWith('[') && [...item.slice(1, -1).matchAll(RANGES)].some(([, first, last]) => letterOf(first) > letterOf(last));
}

// Escapes of control letters would compare as letters: they stand in no range that anybody writes.
function letterOf(member: string): string {
  return member.length > 1 ? member.slice(1) : member;
}
