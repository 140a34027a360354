import type { FieldPath } from '../../../model/declared';
import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf, valueAt } from '../../../cluster/objects/fields';
import { type Check, placed } from './complaint';
import { patternFault } from './patterns-of-istio';

const MATCHED = ['uri', 'scheme', 'method', 'authority'];
const MATCHED_BY_NAME = ['headers', 'withoutHeaders', 'queryParams'];

/** What the webhook asks of the http routes of a VirtualService. */
export const HTTP_ROUTE_CHECKS: readonly Check[] = [
  {
    ...placed(routesThat((route) => ['route', 'redirect', 'directResponse', 'delegate'].every((key) => !isThere(route[key])))),
    what: 'has an http route that leads nowhere',
    fix: 'write route with a destination, redirect, directResponse or delegate',
  },
  {
    ...placed(routesThat(answersTwice)),
    what: 'has an http route with two of route, redirect and directResponse',
    fix: 'keep one of them; a condition of its own goes into a route of its own',
  },
  {
    ...placed(
      routesThat(({ redirect, directResponse, fault, rewrite }) => {
        return (isSaid(redirect) || isSaid(directResponse)) && (isSaid(fault) || isSaid(rewrite));
      }),
    ),
    what: 'has a fault or a rewrite in an http route that answers by itself',
    fix: 'remove it: requests of this route reach no service',
  },
  {
    ...placed(routesThat(({ delegate, route, redirect }) => isSaid(delegate) && (isSaid(route) || isSaid(redirect)))),
    what: 'has an http route with a delegate beside its own answer',
    fix: 'leave route and redirect to the delegate',
  },
  {
    ...placed(routesThat(({ mirror, mirrors }) => isSaid(mirror) && isThere(mirrors))),
    what: 'has an http route with both mirror and mirrors',
    fix: 'write mirrors alone',
  },
  {
    ...placed((spec) => patternsOf(spec).flatMap(({ pattern, field }) => (patternFault(pattern) === undefined ? [] : [field]))),
    what: 'has a regex that Istio does not take: it looks ahead or back, repeats nothing, is not closed, or has more than 1024 letters',
    fix: "write it in RE2's syntax; what is to be excluded is a route of its own before this one",
  },
  {
    fails: ({ hosts }) => textsOf(hosts).some((one, index, all) => all.slice(index + 1).some((other) => covers(one, other))),
    where: () => ['spec', 'hosts'],
    what: 'has one host twice, or one under a star that takes others of its hosts',
    fix: 'write each host once',
  },
  {
    fails: ({ hosts, gateways, tls, tcp }) => textsOf(hosts).length === 0 && [gateways, tls, tcp].some(isThere),
    what: 'has no hosts, as a delegate of another VirtualService, and more than http routes',
    fix: 'write hosts, or leave gateways, tls and tcp to the one that delegates',
  },
];

function routesThat(fails: (route: Fields) => boolean): (spec: Fields) => FieldPath[] {
  return ({ http }) => listOf(http).flatMap((route, index) => (fails(route) ? [['http', index]] : []));
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isSaid(value);
}

function answersTwice(route: Fields): boolean {
  return ['route', 'redirect', 'directResponse'].filter((key) => isThere(route[key])).length > 1;
}

interface WrittenPattern {
  readonly pattern: string;
  readonly field: FieldPath;
}

function patternsOf({ http }: Fields): WrittenPattern[] {
  return listOf(http).flatMap((route, index) => {
    const rewrite = textOf(valueAt(route, 'rewrite', 'uriRegexRewrite', 'match'));
    const rewritten = rewrite === undefined ? [] : [{ pattern: rewrite, field: ['http', index, 'rewrite', 'uriRegexRewrite', 'match'] }];
    const matched = listOf(route.match).flatMap((match, at) => matchPatterns(match, ['http', index, 'match', at]));
    return [...matched, ...rewritten];
  });
}

function matchPatterns(match: Fields, field: FieldPath): WrittenPattern[] {
  const named = MATCHED_BY_NAME.flatMap((key) => Object.keys(fieldsOf(match[key])).map((name) => [key, name]));
  return [...MATCHED.map((key) => [key]), ...named].flatMap((keys) => {
    const pattern = textOf(valueAt(match, ...keys, 'regex'));
    // A star alone means that the header is there.
    const isPresence = keys[0] === 'withoutHeaders' && pattern === '*';
    return pattern === undefined || isPresence ? [] : [{ pattern, field: [...field, ...keys, 'regex'] }];
  });
}

function covers(one: string, other: string): boolean {
  return one === other || isUnder(one, other) || isUnder(other, one);
}

function isUnder(host: string, wide: string): boolean {
  return wide.startsWith('*') && host.endsWith(wide.slice(1));
}
