import type { CookieTest, HeaderTest, PathTest, RouteMatch, SourceTest } from '../route';
import { containedText } from '../../support/patterns/contained-text';
import { matchKey } from './match-rank';

/** What the parts of two matches come to: none of them asks for anything, or no request has both, or no API has words for both at once. */
type Both<Part> = { readonly is: 'part'; readonly part: Part | undefined } | { readonly is: 'nothing' } | { readonly is: 'unspeakable' };

/** The requests that two matches share: as one match, or that there are none, or that no route can name them. */
export type Overlap = { readonly is: 'match'; readonly match: RouteMatch } | { readonly is: 'nothing' } | { readonly is: 'unspeakable' };

/** What requests look like that have both of two matches. */
export function overlapOf(a: RouteMatch, b: RouteMatch): Overlap {
  const parts = {
    headers: bothTests(a.headers, b.headers),
    queryParams: bothTests(a.queryParams, b.queryParams),
    cookies: bothCookies(a.cookies, b.cookies),
    method: bothOf(a.method, b.method),
    path: bothPaths(a.path, b.path),
    source: bothSources(a.source, b.source),
  };
  const all: ReadonlyArray<Both<unknown>> = Object.values(parts);
  if (all.some(({ is }) => is === 'nothing')) return NOTHING;
  if (all.some(({ is }) => is === 'unspeakable') || readsCookiesTwice(a, b)) return UNSPEAKABLE;
  const said = Object.entries(parts).flatMap(([key, both]) => (both.is === 'part' && both.part !== undefined ? [[key, both.part]] : []));
  return { is: 'match', match: { headers: [], queryParams: [], ...(Object.fromEntries(said) as Partial<RouteMatch>) } };
}

/** Every request of the first match has the second one too. */
export function isWithin(inner: RouteMatch, outer: RouteMatch): boolean {
  const overlap = overlapOf(inner, outer);
  return overlap.is === 'match' && matchKey(overlap.match) === matchKey(inner);
}

const NOTHING = { is: 'nothing' } as const;
const UNSPEAKABLE = { is: 'unspeakable' } as const;

function part<Part>(value: Part | undefined): Both<Part> {
  return { is: 'part', part: value };
}

function bothOf<Part>(a: Part | undefined, b: Part | undefined): Both<Part> {
  if (a === undefined || b === undefined || a === b) return part(a ?? b);
  return NOTHING;
}

function bothSources(a: SourceTest | undefined, b: SourceTest | undefined): Both<SourceTest> {
  return JSON.stringify(a) === JSON.stringify(b) ? part(a) : bothOf(a, b);
}

function bothPaths(a: PathTest | undefined, b: PathTest | undefined): Both<PathTest> {
  if (!a || !b) return part(a ?? b);
  if (a.type === 'Exact') return covers(b, a) ? part(a) : NOTHING;
  if (covers(a, b)) return part(b);
  return b.type === 'PathPrefix' && covers(b, a) ? part(a) : NOTHING;
}

function covers({ type, value }: PathTest, { value: path }: PathTest): boolean {
  return path === value || (type === 'PathPrefix' && (value === '/' || path.startsWith(`${value}/`)));
}

// An API takes one test for each name.
function bothTests(a: readonly HeaderTest[], b: readonly HeaderTest[]): Both<readonly HeaderTest[]> {
  const byName = new Map(a.map((test) => [test.name, test]));
  const both = b.map((test) => bothOfOne(byName.get(test.name), test));
  if (both.some(({ is }) => is === 'nothing')) return NOTHING;
  if (both.some(({ is }) => is === 'unspeakable')) return UNSPEAKABLE;
  const tests = both.flatMap((one) => (one.is === 'part' && one.part ? [one.part] : []));
  return part([...new Map([...a, ...tests].map((test) => [test.name, test])).values()]);
}

// Two texts that a value has to have somewhere are one test where one of them has the other.
function bothOfOne(a: HeaderTest | undefined, b: HeaderTest): Both<HeaderTest> {
  if (!a || JSON.stringify(a) === JSON.stringify(b) || isPresence(a)) return part(b);
  if (isPresence(b)) return part(a);
  const [one, other] = [textIn(a), textIn(b)];
  if (a.type === 'Exact' && b.type === 'Exact') return NOTHING;
  if (a.type === 'Exact') return other === undefined ? UNSPEAKABLE : a.value.includes(other) ? part(a) : NOTHING;
  if (b.type === 'Exact') return one === undefined ? UNSPEAKABLE : b.value.includes(one) ? part(b) : NOTHING;
  if (one === undefined || other === undefined) return UNSPEAKABLE;
  return one.includes(other) ? part(a) : other.includes(one) ? part(b) : UNSPEAKABLE;
}

function bothCookies(a: readonly CookieTest[] = [], b: readonly CookieTest[] = []): Both<readonly CookieTest[]> {
  const byName = new Map(a.map((cookie) => [cookie.name, cookie]));
  for (const cookie of b) {
    if ((byName.get(cookie.name)?.value ?? cookie.value) !== cookie.value) return NOTHING;
    byName.set(cookie.name, cookie);
  }
  if (byName.size > MOST_COOKIES) return UNSPEAKABLE;
  return part(byName.size > 0 ? [...byName.values()] : undefined);
}

// All cookies are one header, and an API takes one test of it.
function readsCookiesTwice(a: RouteMatch, b: RouteMatch): boolean {
  const both = [a, b];
  return both.some(({ cookies }) => cookies) && both.some(({ headers }) => headers.some(({ name }) => name === 'cookie'));
}

function isPresence({ type, value }: HeaderTest): boolean {
  return type === 'RegularExpression' && value === '.*';
}

function textIn({ type, value }: HeaderTest): string | undefined {
  return type === 'Exact' ? undefined : containedText(value);
}

// One expression names them in every order.
const MOST_COOKIES = 3;
