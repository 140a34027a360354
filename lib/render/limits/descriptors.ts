import type { LimitedRequests } from '../../model/limits/limits';
import type { HeaderTest, PathTest, RouteMatch } from '../../model/route';
import { escapedPattern } from '../../support/patterns/escaped-pattern';
import { headerTests } from '../../model/matches/header-tests';

type Fields = Readonly<Record<string, unknown>>;

/** An entry of a descriptor: what a proxy says of a request. Without a value every value is counted by itself. */
export interface Entry {
  readonly key: string;
  readonly value?: string;
}

/** One way to describe a request: what the proxy does for it, and what comes out. */
export interface Descriptor {
  readonly actions: readonly Fields[];
  readonly entries: readonly Entry[];
}

/**
 * How requests are described: each by one descriptor or, where it is not meant, by none. A request without the header by which requests are told apart has one of
 * its own, which all of them share.
 */
export function descriptorsOf({ match, by, paths }: LimitedRequests): readonly Descriptor[] {
  const matched = match ? matchActions(match, paths) : [];
  const about = { actions: matched, entries: matched.map(entryOf) };
  if (!by) return about.actions.length > 0 ? [about] : [];
  if (by.header === undefined) return [extended(about, { remote_address: {} }, { key: 'remote_address' })];
  const { header } = by;
  return [
    extended(about, { request_headers: { header_name: header, descriptor_key: header } }, { key: header }),
    extended(about, valueMatch('without', header, false, [{ name: header, string_match: regex('.+') }]), { key: 'without', value: header }),
  ];
}

function extended({ actions, entries }: Descriptor, action: Fields, entry: Entry): Descriptor {
  return { actions: [...actions, action], entries: [...entries, entry] };
}

const YES = 'yes';

function matchActions(match: RouteMatch, seen?: readonly PathTest[]): Fields[] {
  // A part that this file does not know would widen the limit: the compiler tells.
  const { headers: _, cookies: __, queryParams, path, method, source: ___, ...others } = match;
  const known: Record<string, never> = others;
  const tests = [...headerTests(match).map(headerTest), ...methodTest(method), ...pathTest(path, seen), ...Object.values(known)];
  const query = queryParams.map(({ name, type, value }) => ({ name, string_match: stringMatch(type, value) }));
  return [...(tests.length > 0 ? [valueMatch('match', YES, true, tests)] : []), ...(query.length > 0 ? [queryMatch(query)] : [])];
}

function entryOf(action: Fields): Entry {
  return { key: 'query_parameter_value_match' in action ? 'query' : 'match', value: YES };
}

function valueMatch(key: string, value: string, expected: boolean, headers: readonly unknown[]): Fields {
  return { header_value_match: { descriptor_key: key, descriptor_value: value, expect_match: expected, headers } };
}

function queryMatch(query: readonly unknown[]): Fields {
  return { query_parameter_value_match: { descriptor_key: 'query', descriptor_value: YES, expect_match: true, query_parameters: query } };
}

function headerTest({ name, type, value }: HeaderTest): Fields {
  return { name, string_match: stringMatch(type, value) };
}

function stringMatch(type: HeaderTest['type'], value: string): Fields {
  return type === 'Exact' ? { exact: value } : regex(value);
}

function methodTest(method: string | undefined): Fields[] {
  return method === undefined ? [] : [{ name: ':method', string_match: { exact: method } }];
}

// A limit that asks for a path goes on asking, however it arrives: the entries of its descriptors stay what rules elsewhere say of them.
function pathTest(path: RouteMatch['path'], seen: readonly PathTest[] | undefined): Fields[] {
  if (!path || isEvery(path)) return [];
  const patterns = (seen ?? [path]).map(pathPattern);
  return [{ name: ':path', string_match: regex(patterns.join('|')) }];
}

// Envoy's :path goes on with the query.
function pathPattern(path: PathTest): string {
  if (isEvery(path)) return '.*';
  return `${escapedPattern(path.value)}${path.type === 'Exact' ? '([?#].*)?' : '([/?#].*)?'}`;
}

function isEvery({ type, value }: PathTest): boolean {
  return type === 'PathPrefix' && value === '/';
}

function regex(pattern: string): Fields {
  return { safe_regex: { regex: pattern } };
}
