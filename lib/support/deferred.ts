/** How people read a mark. */
export const LATER = 'a value that is known only later';
// The same as a part of a longer text, such as a host.
const PART = '<known later>';

/** As many values as one program may wait for. */
export const MOST_IDS = 2 ** 32;

// Far below every number that an option takes, and all of 16 digits. The steps are wide so that what somebody adds to a mark makes no other mark.
const FIRST = Number.MIN_SAFE_INTEGER;
const STEP = 2 ** 16;
const MARK = /\$\{istio-constructs:deferred(?:-list)?:(\d+)\}|-\d{16}/g;
// Nearly every text has none, and is not cut.
const HINT = /\$\{istio-constructs:deferred|-\d{16}/;
const TEXT = /^\$\{istio-constructs:deferred:(\d+)\}$/;
const LIST = /^\$\{istio-constructs:deferred-list:(\d+)\}$/;

/** Part of a text: words as they stand, or the id of the value that belongs there. */
export type TextPart = { readonly literal: string } | { readonly id: number };

export function textMark(id: number): string {
  return noted(`\${istio-constructs:deferred:${id}}`);
}

export function numberMark(id: number): number {
  return noted(FIRST + id * STEP);
}

export function listMark(id: number): string[] {
  return noted([`\${istio-constructs:deferred-list:${id}}`]);
}

const MADE = Symbol.for('istio-constructs.DeferredMade');

/** False as long as no copy of this library has made a mark here: most programs need not be searched for any. */
export function isAnyMade(): boolean {
  return MADE in globalThis;
}

function noted<T>(mark: T): T {
  if (!isAnyMade()) Object.defineProperty(globalThis, MADE, { value: true });
  return mark;
}

/** The id of a text that is one mark and nothing else. */
export function textId(value: unknown): number | undefined {
  return typeof value === 'string' ? idOf(TEXT.exec(value)) : undefined;
}

export function numberId(value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined;
  const id = (value - FIRST) / STEP;
  return Number.isInteger(id) && id >= 0 && id < MOST_IDS ? id : undefined;
}

export function listId(value: unknown): number | undefined {
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? idOf(LIST.exec(value[0])) : undefined;
}

/** A text in order; whatever marks were put into it, a number's by `String(mark)` too, stand for themselves. */
export function partsOf(text: string): TextPart[] {
  if (!HINT.test(text)) return text === '' ? [] : [{ literal: text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(MARK)) {
    const id = idOf(found) ?? numberId(Number(found[0]));
    if (id === undefined) continue;
    if (found.index > end) parts.push({ literal: text.slice(end, found.index) });
    parts.push({ id });
    end = found.index + found[0].length;
  }
  return end < text.length ? [...parts, { literal: text.slice(end) }] : parts;
}

/** A text with a mark in it, a marked number, or a marked list. */
export function isDeferred(value: unknown): boolean {
  if (typeof value === 'string') return partsOf(value).some((part) => 'id' in part);
  return numberId(value) !== undefined || listId(value) !== undefined;
}

/** The same at any depth of plain data, keys as well. */
export function holdsDeferred(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isDeferred(value);
  return Object.entries(value).some(([key, each]) => isDeferred(key) || holdsDeferred(each));
}

/** A text for people: what stands around a mark stays as it is. */
export function readable(text: string): string {
  const parts = partsOf(text);
  const later = parts.length === 1 ? LATER : PART;
  return parts.map((part) => ('id' in part ? later : part.literal)).join('');
}

function idOf(found: RegExpExecArray | RegExpMatchArray | null): number | undefined {
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
