import { GATEWAY_API } from '../../istio/api-groups';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../model/exposure';
import type { Port } from '../../model/port';
import type { RouteRule, RouteTable } from '../../model/route';
import type { RedirectFacts, RouteFeatures } from '../../model/route-features';
import { isWithin } from '../../model/matches/match-overlap';
import { comingFrom, redirectThrough, rewriteThrough } from '../../planes/shaping/exposed-paths';
import { EVERY_PATH } from '../../planes/shaping/path-change';
import { renderRule } from './http-route';
import type { PlacedMatch } from '../../planes/entries/divided-by-path';
import { type RouteEntry, ruleEntries } from '../../planes/entries/route-entries';

/**
 * The route of one exposed service, for requests that come in through a gateway. Behind a waypoint it names the Service, and the waypoint
 * splits; elsewhere a gateway follows no route of the mesh, so that the table is written a second time, for the gateway.
 */
export function renderGatewayRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.HttpRouteSpec {
  const port = portOf(exposure);
  const rules = rulesAt(exposure, table, splitsHere);
  const repeats = (rule: RouteRule): boolean =>
    splitsHere || (exposure.rewrite?.path !== undefined && redirectOf(rule, table) !== undefined);
  return {
    hostnames: [exposure.host],
    parentRefs: [
      {
        group: GATEWAY_API,
        kind: 'Gateway',
        name: exposure.gateway.name,
        namespace: exposure.gateway.namespaceName,
        sectionName: exposure.listener,
      },
    ],
    rules: rules.flatMap((rule, index) => {
      const earlier = rules.slice(0, index).flatMap((one) => matchesBelow(one, exposure));
      const placed = matchesBelow(rule, exposure).filter(({ match }) => !earlier.some((one) => isWithin(match, one.match)));
      if (placed.length === 0) return [];
      return entriesAt(exposure, repeats(rule) ? table : undefined, rule, placed).map((entry) => renderRule(table, port, entry));
    }),
  };
}

// Behind a waypoint a gateway repeats what only it can say: where it has rewritten a path, a redirect of the waypoint's would lead clients to one that they do not have.
function rulesAt(exposure: Exposure, table: RouteTable, splitsHere: boolean): readonly RouteRule[] {
  const rules = table.rules.length > 0 ? table.rules : [WHOLE];
  if (splitsHere) return rules;
  const redirects = exposure.rewrite?.path !== undefined && rules.some((rule) => redirectOf(rule, table));
  return redirects ? rules.map((rule) => (redirectOf(rule, table) ? rule : { ...WHOLE, matches: rule.matches })) : [WHOLE];
}

const WHOLE: RouteRule = { name: '', matches: [], backends: [] };

function redirectOf(rule: RouteRule, table: RouteFeatures): RedirectFacts | undefined {
  return rule.redirect ?? (rule.matches.length === 0 ? table.redirect : undefined);
}

function portOf({ service, port }: Exposure): Port {
  return service.ports.find(({ number }) => number === port)!;
}

/** `table` is there where the gateway has to repeat its words. */
function entriesAt(exposure: Exposure, table: RouteTable | undefined, rule: RouteRule, placed: PlacedMatch[]): RouteEntry[] {
  const words: RouteFeatures = table ?? {};
  const port = portOf(exposure);
  const target = { service: exposure.service, router: 'gateway-api', port, bundle: table?.gatewayApi, leavesPort: !table } as const;
  if (!exposure.rewrite) return ruleEntries(words, rule, target, placed);
  const ofRoute = rule.rewrite ?? (rule.matches.length === 0 ? words.rewrite : undefined);
  const answer = redirectOf(rule, words);
  return placed.flatMap(({ match, named = EVERY_PATH }) => {
    const at = match.path!;
    const rewrite = rewriteThrough(exposure, at, named, ofRoute);
    const redirect = answer && redirectThrough(exposure, at, named, answer);
    return ruleEntries(words, { ...rule, rewrite, redirect }, target, [{ match, named: at }]);
  });
}

/** The rule's matches as far as they lie below the exposed path, and not where the gateway sends to another service; none when they lie elsewhere. */
function matchesBelow(rule: RouteRule, exposure: Exposure): PlacedMatch[] {
  const { pathPrefix: prefix, otherPaths } = exposure;
  const exposed = { type: 'PathPrefix', value: prefix } as const;
  // A longer path goes before a shorter one, whosever route it is in.
  const isElsewhere = (path: string): boolean =>
    otherPaths.some((other) => isBelow(other, prefix) && other !== prefix && isBelow(path, other));
  if (rule.matches.length === 0) return [{ match: { headers: [], queryParams: [], path: exposed } }];
  // What comes in through a gateway is sent by the gateway.
  return rule.matches.flatMap((match): PlacedMatch[] => {
    if (match.source) return [];
    const named = match.path;
    return comingFrom(exposure, named ?? EVERY_PATH)
      .filter(({ value }) => !isElsewhere(value))
      .map((path) => ({ match: { ...match, path }, named }));
  });
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
