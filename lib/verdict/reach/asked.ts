import type { Cluster } from '../../cluster/cluster';
import type { AuthorizationRule } from '../../cluster/policies/authorization-policies';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import type { HttpMatch, HttpRoute, NamedMatch, NewPath } from '../../cluster/routes/http-routes';
import type { HeaderChanges } from '../../cluster/routes/changes/header-changes';
import { claimNames } from '../../cluster/routes/routing-claims';
import type { StringMatch, VirtualMatch } from '../../cluster/routes/virtual-matches';
import type { VirtualRoute, VirtualService } from '../../cluster/routes/virtual-services';
import { tryPattern } from '../routes/patterns';
import { below, exactly, inAnyLetters, type Language, matching, policyPath, policyText, startingWith } from './languages';

/** What may be asked about one property of a request, and by which texts: `path`, `header x-user`, `claim role`. */
export interface Asked {
  readonly about: Property;
  readonly language: Language;
}

export type Property =
  | { readonly in: 'method' | 'path' | 'host' | 'subject' | 'audience' }
  | { readonly in: 'header' | 'query'; readonly name: string }
  | { readonly in: 'claim'; readonly names: readonly string[] };

/** The same for the same property. */
export const keyOf = (about: Property): string => JSON.stringify(about);

/** A path that is sent on in place of another: what begins with one text begins with another one from then on. */
export interface Moved {
  readonly from: string;
  readonly to: string;
}

/** All that somebody on the way compares with a request. */
export interface Vocabulary {
  readonly asked: readonly Asked[];
  readonly moved: readonly Moved[];
  /** Headers to which a route adds something, so that texts are compared which nobody sent. */
  readonly addedTo: readonly string[];
  /** What is compared as well, and not divided here. */
  readonly leftOut: readonly string[];
}

export function joined(parts: readonly Vocabulary[]): Vocabulary {
  return {
    asked: parts.flatMap(({ asked }) => asked),
    moved: parts.flatMap(({ moved }) => moved),
    addedTo: parts.flatMap(({ addedTo }) => addedTo),
    leftOut: [...new Set(parts.flatMap(({ leftOut }) => leftOut))].sort(),
  };
}

const NOTHING: Vocabulary = { asked: [], moved: [], addedTo: [], leftOut: [] };

// Who calls and to which port is part of the question, and the rest of a rule's words are fixed by it.
const FIXED = /^(source|destination|connection)\./;

export function askedByRule({ from, to, when }: AuthorizationRule): Vocabulary {
  const clauses = to.flatMap((clause) => [
    ...words(clause, 'methods', (value) => ({ about: { in: 'method' }, language: policyText(value) })),
    ...words(clause, 'paths', (value) => ({ about: { in: 'path' }, language: policyPath(value) })),
    // Policies compare hosts whatever their letters, and requests are asked about in small ones.
    ...words(clause, 'hosts', (value) => ({ about: { in: 'host' }, language: policyText(value.toLowerCase()) })),
  ]);
  const people = from.flatMap((clause) => textsIn(clause, 'requestPrincipals').flatMap(subjectAsked));
  const addresses = from.some((clause) => textsIn(clause, 'remoteIpBlocks').length > 0);
  const conditions = when.map(({ key, values, notValues }) => askedByCondition(key, [...values, ...notValues]));
  return joined([{ ...NOTHING, asked: [...clauses, ...people], leftOut: addresses ? [ADDRESSES] : [] }, ...conditions]);
}

const ADDRESSES = 'addresses of clients';

type Clause = AuthorizationRule['to'][number];

function words(clause: Clause, field: string, askedBy: (value: string) => Asked): Asked[] {
  return textsIn(clause, field).map(askedBy);
}

function textsIn(clause: Clause, field: string): readonly string[] {
  return [...(clause[field] ?? []), ...(clause[`not${field[0].toUpperCase()}${field.slice(1)}`] ?? [])];
}

/** The subject alone: the issuer of a token is one of those that somebody on the way trusts. Every token that counts has a subject. */
function subjectAsked(principal: string): Asked[] {
  const subject = principal.slice(principal.lastIndexOf('/') + 1);
  return subject === '*' ? [] : [{ about: { in: 'subject' }, language: policyText(subject) }];
}

function askedByCondition(key: string, values: readonly string[]): Vocabulary {
  // Which issuer it is divides tokens already.
  if (key === 'request.auth.claims[iss]') return NOTHING;
  const about = propertyOf(key);
  if (about) return { ...NOTHING, asked: values.map((value) => ({ about, language: policyText(value) })) };
  if (key === 'request.auth.principal') return { ...NOTHING, asked: values.flatMap(subjectAsked) };
  if (key === 'remote.ip') return { ...NOTHING, leftOut: [ADDRESSES] };
  return FIXED.test(key) ? NOTHING : { ...NOTHING, leftOut: [key] };
}

/** Some claims are the token's own words: its subject, and whom it is for. */
function claimOf(names: readonly string[]): Property {
  if (names.length > 1) return { in: 'claim', names };
  return names[0] === 'sub' ? { in: 'subject' } : names[0] === 'aud' ? { in: 'audience' } : { in: 'claim', names };
}

function propertyOf(key: string): Property | undefined {
  const names = [...key.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
  if (key.startsWith('request.headers[')) return names[0].startsWith(':') ? undefined : { in: 'header', name: names[0].toLowerCase() };
  if (key.startsWith('request.auth.claims[')) return claimOf(names);
  if (key === 'request.auth.presenter') return { in: 'claim', names: ['azp'] };
  return key === 'request.auth.audiences' ? { in: 'audience' } : undefined;
}

export function askedByVirtualService(cluster: Cluster, owner: VirtualService): Vocabulary {
  return joined(followedRoutes(cluster, owner).map(askedByVirtualRoute));
}

function askedByVirtualRoute({ matches = [], rewrite, headers, destinations }: VirtualRoute): Vocabulary {
  const uris = matches.length > 0 ? matches.map(({ uri }) => uri) : [undefined];
  const to = rewrite?.uri;
  const moved = to === undefined ? [] : uris.flatMap((uri) => movedBy(uri ?? { prefix: '/' }, to));
  const inAnyCase = to !== undefined && matches.some(({ ignoresCase }) => ignoresCase);
  const changes = [headers, ...destinations.map((one) => one.headers)];
  const sent = {
    ...NOTHING,
    moved,
    addedTo: changes.flatMap(namesAdded),
    leftOut: [...(rewrite?.regex ? [REWRITES] : []), ...(inAnyCase ? [ANY_LETTERS] : [])],
  };
  return joined([...matches.map(askedByVirtualMatch), sent]);
}

function namesAdded(changes: HeaderChanges | undefined): string[] {
  return Object.keys(changes?.add ?? {});
}

const REWRITES = 'paths that an expression rewrites';
const ANY_LETTERS = 'paths that are rewritten, small or capital letters alike';

function movedBy({ prefix, exact }: StringMatch, to: string): Moved[] {
  const from = prefix ?? exact;
  return from === undefined ? [] : [{ from, to }];
}

/** The scheme is part of the question. */
function askedByVirtualMatch({ uri, ignoresCase, method, authority, headers, withoutHeaders, queryParams }: VirtualMatch): Vocabulary {
  const named = [headers, withoutHeaders].flatMap((one) => Object.entries(one));
  return joined([
    ...(uri ? [askedByPathMatch(uri, ignoresCase)] : []),
    ...(method ? [askedByMatch({ in: 'method' }, method)] : []),
    ...(authority ? [askedByMatch({ in: 'host' }, authority)] : []),
    ...named.map(([name, match]) => askedByMatch(headerOrClaim(name), match)),
    ...Object.entries(queryParams).map(([name, match]) => askedByMatch({ in: 'query', name }, match)),
  ]);
}

function headerOrClaim(name: string): Property {
  const names = claimNames(name);
  return names ? claimOf(names) : { in: 'header', name: name.toLowerCase() };
}

function askedByPathMatch(uri: StringMatch, ignoresCase: boolean): Vocabulary {
  const text = uri.exact ?? uri.prefix;
  if (!ignoresCase || text === undefined) return askedByMatch({ in: 'path' }, uri);
  return one({ in: 'path' }, inAnyLetters(text, uri.exact === undefined));
}

// Asked whether it is there at all, a header or a parameter still has to be divided from one that is not.
function askedByMatch(about: Property, { exact, prefix, regex }: StringMatch): Vocabulary {
  if (exact !== undefined) return one(about, exactly(exact));
  if (prefix !== undefined) return one(about, startingWith(prefix));
  return regex === undefined ? one(about, policyText('*')) : byPattern(about, regex);
}

const one = (about: Property, language: Language): Vocabulary => ({ ...NOTHING, asked: [{ about, language }] });

function byPattern(about: Property, text: string): Vocabulary {
  const pattern = tryPattern(text);
  const source = withoutEdges(text);
  if (!pattern || pattern.ignoreCase || source === undefined) return { ...NOTHING, leftOut: [`the expression ${text}`] };
  return one(about, matching(`/${text}/`, source));
}

/** An expression has to take the whole of a text, so that its own edges at both ends say nothing; undefined where it has others. */
function withoutEdges(text: string): string | undefined {
  const bare = text.includes('|') ? text : text.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const outsideClasses = bare.replace(/\\[^bB]|\[(?:\\.|[^\]])*\]/g, '');
  return /[\^$]|\\[bB]/.test(outsideClasses) ? undefined : bare;
}

export function askedByHttpRoute({ rules }: HttpRoute): Vocabulary {
  return joined(
    rules.flatMap(({ matches, newPath, headers, backends }) => [
      ...matches.map(askedByHttpMatch),
      { ...NOTHING, addedTo: [headers, ...backends.map((one) => one.headers)].flatMap(namesAdded) },
      ...(newPath ? [{ ...NOTHING, moved: matches.flatMap(({ path }) => movedByFilter(newPath, path)) }] : []),
    ]),
  );
}

function movedByFilter({ type, value }: NewPath, path: HttpMatch['path']): Moved[] {
  if (type === 'ReplaceFullPath' || path.type !== 'PathPrefix') return [];
  const [from, to] = [path.value, value].map((text) => text.replace(/\/$/, ''));
  return from === '' ? [{ from: '/', to }] : [{ from, to }];
}

function askedByHttpMatch({ path, method, headers, queryParams }: HttpMatch): Vocabulary {
  return joined([
    ...(path.type === 'Any' ? [] : [askedByPath(path)]),
    ...(method === undefined ? [] : [one({ in: 'method' }, exactly(method))]),
    ...headers.map((header) => askedByNamed({ in: 'header', name: header.name.toLowerCase() }, header)),
    ...queryParams.map((parameter) => askedByNamed({ in: 'query', name: parameter.name }, parameter)),
  ]);
}

function askedByPath({ type, value }: HttpMatch['path']): Vocabulary {
  if (type === 'RegularExpression') return byPattern({ in: 'path' }, value);
  return one({ in: 'path' }, type === 'Exact' ? exactly(value) : below(value));
}

function askedByNamed(about: Property, { type, value }: NamedMatch): Vocabulary {
  return type === 'RegularExpression' ? byPattern(about, value) : one(about, exactly(value));
}
