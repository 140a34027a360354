import { GATEWAY_API } from '../../istio/api-groups';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../model/exposure';
import type { Port } from '../../model/port';
import type { RouteMatch, RouteRule, RouterName, RouteTable } from '../../model/route';
import type { RedirectFacts, RouteFeatures } from '../../model/route-features';
import { isWithin, overlapOf } from '../../model/matches/match-overlap';
import { comingFrom, redirectThrough, rewriteThrough } from '../../planes/shaping/exposed-paths';
import { EVERY_PATH, type PathMatch } from '../../planes/shaping/path-change';
import { renderRule } from './http-route';
import type { PlacedMatch } from '../../planes/entries/divided-by-path';
import { type RouteEntry, ruleEntries } from '../../planes/entries/route-entries';

/** A match as the gateway writes it, among the exposed requests that it is about. */
interface EnteringMatch extends PlacedMatch {
  readonly entrance: PathMatch;
}

/**
 * The route of one exposed service, for requests that come in through a gateway. Behind a waypoint it names the Service, and the waypoint
 * splits; elsewhere a gateway follows no route of the mesh, so that the table is written a second time, for the gateway.
 */
export function renderGatewayRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.HttpRouteSpec {
  const entries = enteringEntries(exposure, table, splitsHere, 'gateway-api');
  return {
    hostnames: [exposure.host],
    parentRefs: [gatewayRef(exposure)],
    rules: entries.map((entry) => withinTimeout(byPattern(exposure, renderRule(table, portOf(exposure), entry)))),
  };
}

/** The routes of an exposed service, for requests that come in through a gateway, in the order in which they are tried. */
export function enteringEntries(exposure: Exposure, table: RouteTable, splitsHere: boolean, router: RouterName): RouteEntry[] {
  const rules = rulesAt(exposure, table, splitsHere).map((rule) => ({ ...rule, timeoutMs: exposure.timeoutMs ?? rule.timeoutMs }));
  const repeats = (rule: RouteRule): boolean =>
    !exposure.redirect && (splitsHere || (exposure.rewrite?.path !== undefined && redirectOf(rule, table) !== undefined));
  return rules.flatMap((rule, index) => {
    const earlier = rules.slice(0, index).flatMap((one) => matchesBelow(one, exposure));
    const placed = matchesBelow(rule, exposure).filter(({ match }) => !earlier.some((one) => isWithin(match, one.match)));
    return placed.length === 0 ? [] : entriesAt({ exposure, router }, repeats(rule) ? table : undefined, rule, placed);
  });
}

// Behind a waypoint a gateway repeats what only it can say: where it has rewritten a path, a redirect of the waypoint's would lead clients to one that they do not have.
function rulesAt(exposure: Exposure, table: RouteTable, splitsHere: boolean): readonly RouteRule[] {
  if (exposure.redirect) return [{ ...WHOLE, redirect: exposure.redirect }];
  const rules = table.rules.length > 0 ? table.rules : [WHOLE];
  if (splitsHere) return rules;
  const redirects = exposure.rewrite?.path !== undefined && rules.some((rule) => redirectOf(rule, table));
  return redirects ? rules.map((rule) => (redirectOf(rule, table) ? rule : { ...WHOLE, matches: rule.matches })) : [WHOLE];
}

const WHOLE: RouteRule = { name: '', matches: [], backends: [] };

function redirectOf(rule: RouteRule, table: RouteFeatures): RedirectFacts | undefined {
  return rule.redirect ?? (rule.matches.length === 0 ? table.redirect : undefined);
}

/** The gateway, or its listeners elsewhere, as the parent of a route. */
export function gatewayRef({ gateway: opening, listener, listenerSet }: Exposure): gateway.HttpRouteSpecParentRefs {
  const { name, namespaceName: namespace } = listenerSet ?? opening;
  return { group: GATEWAY_API, kind: listenerSet ? 'ListenerSet' : 'Gateway', name, namespace, sectionName: listener };
}

export function portOf({ service, port }: Exposure): Port {
  return service.ports.find(({ number }) => number === port)!;
}

// HTTPRoute compares patterns with whole paths: no match by path is left beside one.
function byPattern({ pathPattern }: Exposure, rule: gateway.HttpRouteSpecRules): gateway.HttpRouteSpecRules {
  if (pathPattern === undefined) return rule;
  const path = { type: gateway.HttpRouteSpecRulesMatchesPathType.REGULAR_EXPRESSION, value: pathPattern };
  return { ...rule, matches: rule.matches?.map((match) => ({ ...match, path })) };
}

// The API server refuses a try that may take longer than all of them together.
function withinTimeout(rule: gateway.HttpRouteSpecRules): gateway.HttpRouteSpecRules {
  const { request, backendRequest } = rule.timeouts ?? {};
  if (request === undefined || backendRequest === undefined || milliseconds(backendRequest) <= milliseconds(request)) return rule;
  return { ...rule, timeouts: { request } };
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function milliseconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[hms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0);
}

interface At {
  readonly exposure: Exposure;
  readonly router: RouterName;
}

/** `table` is there where the gateway has to repeat its words. */
function entriesAt({ exposure, router }: At, table: RouteTable | undefined, rule: RouteRule, placed: EnteringMatch[]): RouteEntry[] {
  const words: RouteFeatures = table ?? {};
  const port = portOf(exposure);
  const target = { service: exposure.service, router, port, bundle: table?.gatewayApi, leavesPort: !table } as const;
  // What a redirect gives another beginning is what was exposed.
  const exposed: PathMatch = { type: 'PathPrefix', value: exposure.pathPrefix };
  if (exposure.redirect)
    return ruleEntries(
      words,
      rule,
      target,
      placed.map(({ match }) => ({ match, named: exposed })),
    );
  if (!exposure.rewrite) return ruleEntries(words, rule, target, placed);
  const ofRoute = rule.rewrite ?? (rule.matches.length === 0 ? words.rewrite : undefined);
  const answer = redirectOf(rule, words);
  return placed.flatMap(({ match, named = EVERY_PATH, entrance }) => {
    const at = match.path!;
    const exposed = { ...exposure, entrance };
    const rewrite = rewriteThrough(exposed, at, named, ofRoute);
    const redirect = answer && redirectThrough(exposed, at, named, answer);
    return ruleEntries(words, { ...rule, rewrite, redirect }, target, [{ match, named: at }]);
  });
}

/** The rule's matches as far as they are about exposed requests, and not where the gateway sends to another service; none where they are about others. */
function matchesBelow(rule: RouteRule, exposure: Exposure): EnteringMatch[] {
  return entrances(exposure).flatMap((one): EnteringMatch[] => {
    const entrance = one.path!;
    if (rule.matches.length === 0) return [{ match: one, entrance }];
    return rule.matches.flatMap((match) => {
      // What comes in through a gateway is sent by the gateway.
      if (match.source || (exposure.pathPattern !== undefined && match.path)) return [];
      const both = overlapOf({ ...one, path: undefined }, { ...match, path: undefined });
      if (both.is !== 'match') return [];
      const named = match.path;
      return comingFrom({ ...exposure, entrance }, named ?? EVERY_PATH)
        .filter(({ value }) => !isElsewhere(exposure, value))
        .map((path) => ({ match: { ...both.match, path }, named, entrance }));
    });
  });
}

/** What exposed requests look like, each with its path. */
function entrances({ pathPrefix, matches = [{ headers: [], queryParams: [] }] }: Exposure): RouteMatch[] {
  return matches.map((match) => ({ ...match, path: match.path ?? { type: 'PathPrefix', value: pathPrefix } }));
}

// A longer path goes before a shorter one, whosever route it is in.
function isElsewhere({ pathPrefix, otherPaths }: Exposure, path: string): boolean {
  return otherPaths.some((other) => isBelow(other, pathPrefix) && other !== pathPrefix && isBelow(path, other));
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
