import type { PathNormalizationName } from '../../model/mesh-model';
import type { Issuer } from '../../cluster/policies/request-authentications';
import type { Token } from '../requests/request';
import { type Asked, keyOf, type Property, type Vocabulary } from './asked';
import { type Language } from './languages';
import { asAskedFor } from './moved-paths';
import { HOST, isAboutHost } from './written-hosts';
import { textClasses, type Universe, withinOf } from './text-classes';

/** One property of requests, and the values of it that somebody on the way tells apart. */
export interface Dimension {
  readonly about: Property;
  readonly languages: readonly Language[];
  readonly values: readonly Value[];
}

/** Values that nobody tells apart, and one of them. */
export interface Value {
  /** Undefined where the property is not there. */
  readonly witness?: string;
  readonly within: ReadonlySet<number>;
}

const METHOD: Universe = {
  source: String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`,
  plain: '[A-Z]+',
  usual: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
};
const TEXT: Universe = { source: '[^]*', plain: '[a-z]+' };
const VALUE: Universe = { ...TEXT, source: '[^]+' };
const HOSTS: Universe = {
  source: String.raw`[a-z0-9_.:\[\]-]+`,
  plain: String.raw`[a-z]+(?:\.[a-z]+)*`,
  usual: ['other.example.com', 'stranger.invalid'],
};
const PLAIN_PATH = '(?:/[a-z]+)*/?';

const DOTS = String.raw`[^]*/\.\.?(?:[/;][^]*)?`;
const UNORDERED = String.raw`[^]*[\\"<>^\u0060{|}][^]*`;
const SLASHES = '[^]*//[^]*';
const CODED = '[^]*%(?:2[fF]|5[cC])[^]*';

/** All paths but those that no request has any more once the first proxy has put it in order: they arrive as others. */
const pathsWithout = (without: readonly string[]): Universe => ({ source: '/[^?#]*', without, plain: PLAIN_PATH, usual: ['/'] });

const PATHS: Readonly<Record<PathNormalizationName, Universe>> = {
  NONE: pathsWithout([]),
  BASE: pathsWithout([DOTS, UNORDERED]),
  MERGE_SLASHES: pathsWithout([DOTS, UNORDERED, SLASHES]),
  DECODE_AND_MERGE_SLASHES: pathsWithout([DOTS, UNORDERED, SLASHES, CODED]),
};

/** The properties of requests but their tokens, each divided by what is asked about it. */
export function dimensionsOf(
  { asked, moved }: Vocabulary,
  normalization: PathNormalizationName,
  namesTaken: () => ReadonlySet<string>,
): Dimension[] {
  const languages = (about: Property): Language[] => languagesAbout(asked, about);
  const named = distinct(asked.map(({ about }) => about).filter(({ in: place }) => place === 'header' || place === 'query'));
  return [
    dimension({ in: 'path' }, PATHS[normalization], asAskedFor(languages({ in: 'path' }), moved)),
    dimension({ in: 'method' }, METHOD, languages({ in: 'method' })),
    ...(asked.some(isAboutHost) ? [dimension(HOST, { ...HOSTS, taken: namesTaken() }, languages(HOST))] : []),
    ...named.map((about) => withoutIt(dimension(about, TEXT, languages(about)))),
  ];
}

function dimension(about: Property, universe: Universe, languages: readonly Language[]): Dimension {
  return { about, languages, values: textClasses(universe, languages) };
}

function withoutIt({ values, ...rest }: Dimension): Dimension {
  return { ...rest, values: [{ within: new Set() }, ...values] };
}

function languagesAbout(asked: readonly Asked[], about: Property): Language[] {
  const meant = asked.filter((one) => keyOf(one.about) === keyOf(about)).map(({ language }) => language);
  return [...new Map(meant.map((language) => [language.id, language])).values()];
}

function distinct(properties: readonly Property[]): Property[] {
  return [...new Map(properties.map((about) => [keyOf(about), about])).values()];
}

/** Which of the values of a dimension a request has; none where it has one that no proxy lets stand. */
export function valueOf({ languages, values }: Dimension, text: string | undefined): number {
  if (text === undefined) return values.findIndex(({ witness }) => witness === undefined);
  const within = withinOf(text, languages);
  const isLike = (value: Value): boolean => value.within.size === within.size && [...within].every((one) => value.within.has(one));
  return values.findIndex((value) => value.witness !== undefined && isLike(value));
}

/** A token, or none, as somebody on the way tells it from others. */
export interface TokenValue {
  readonly token?: Token;
  /** As people say it: `no token`, `a token of https://issuer.example.com with role: clerk`. */
  readonly text: string;
}

const STRANGER = 'https://stranger.invalid';
const SOMEBODY = 'somebody';

/** Tokens of every issuer that is trusted somewhere on the way, one that nobody trusts, and none. */
export function tokensOf({ asked }: Vocabulary, issuers: readonly Issuer[]): TokenValue[] {
  const none = { text: 'no token' };
  if (issuers.length === 0) return [none];
  const stranger = { token: { issuer: STRANGER, subject: SOMEBODY }, text: 'a token of somebody whom nobody trusts' };
  return [none, ...issuers.flatMap((issuer) => tokensFrom(asked, issuer)), stranger];
}

function tokensFrom(asked: readonly Asked[], { issuer, audiences }: Issuer): TokenValue[] {
  const start: TokenValue[] = [{ token: { issuer, subject: SOMEBODY, audiences, claims: {} }, text: `a token of ${issuer}` }];
  const about = distinct(asked.map((one) => one.about).filter(({ in: place }) => ['subject', 'audience', 'claim'].includes(place)));
  return about.reduce((tokens, one) => tokens.flatMap((token) => dividedBy(token, one, languagesAbout(asked, one))), start);
}

function dividedBy({ token, text }: TokenValue, about: Property, languages: readonly Language[]): TokenValue[] {
  const values = textClasses(VALUE, languages).map(({ witness, within }) => {
    const names = [...within].map((index) => languages[index].name);
    const said = names.length === 0 ? `another ${nameOf(about)}` : `${nameOf(about)}: ${names.join(' and ')}`;
    return { token: withValue(token!, about, witness), text: `${text} with ${said}` };
  });
  return about.in === 'claim' ? [{ token, text: `${text} without ${nameOf(about)}` }, ...values] : values;
}

function withValue(token: Token, about: Property, witness: string): Token {
  if (about.in === 'subject') return { ...token, subject: witness };
  if (about.in === 'audience') return { ...token, audiences: [witness] };
  return about.in === 'claim' ? { ...token, claims: nested(token.claims ?? {}, about.names, witness) } : token;
}

type Claims = Readonly<Record<string, unknown>>;

function nested(claims: Claims, [name, ...rest]: readonly string[], value: string): Claims {
  return { ...claims, [name]: rest.length === 0 ? value : nested((claims[name] ?? {}) as Claims, rest, value) };
}

/** As people name it: `path`, `header x-user`, `claim role`. */
export function nameOf(about: Property): string {
  if (about.in === 'claim') return `claim ${about.names.join('.')}`;
  return 'name' in about ? `${about.in} ${about.name}` : about.in;
}
