import type { RouteMatch, RouteTable } from '../../model/route';
import { headerTests } from '../../model/matches/header-tests';
import { type RouteEntry, routeEntries } from './route-entries';

/** What an HTTPRoute takes at most, in every bundle so far; the last is a rule in CEL. */
const MOST = { rules: 16, matchesOfRule: 64, testsOfMatch: 16, backends: 16, matches: 128 };

/** What a table has more of than an HTTPRoute for one of its ports takes, in the words of findings. */
export function httpRouteExcess(table: RouteTable): string[] {
  // Without rules of its own a route is divided by methods at most.
  if (table.rules.length === 0) return [];
  const ports = table.service.ports.filter(({ readsHttp }) => readsHttp);
  return [...new Set(ports.flatMap((port) => excessOf(routeEntries(table, 'gateway-api', port))))];
}

function excessOf(entries: readonly RouteEntry[]): string[] {
  const counts = entries.map(matchCount);
  const tests = entries.flatMap(({ matches }) => matches.map(testCount));
  const found: ReadonlyArray<readonly [boolean, string]> = [
    [entries.length > MOST.rules, `more than ${MOST.rules} rules`],
    [Math.max(0, ...counts) > MOST.matchesOfRule, `more than ${MOST.matchesOfRule} matches in one rule`],
    [sum(counts) > MOST.matches, `more than ${MOST.matches} matches`],
    [Math.max(0, ...tests) > MOST.testsOfMatch, `more than ${MOST.testsOfMatch} headers or query parameters in one match`],
    [entries.some(({ backends }) => backends.length > MOST.backends), `more than ${MOST.backends} destinations in one rule`],
  ];
  return found.flatMap(([isMore, what]) => (isMore ? [what] : []));
}

// A match of HTTPRoute names one method.
function matchCount({ matches, methods }: RouteEntry): number {
  const ways = methods?.length ?? 1;
  return matches.length === 0 ? ways : sum(matches.map(({ method }) => (method === undefined ? ways : 1)));
}

function testCount(match: RouteMatch): number {
  return Math.max(headerTests(match).length, match.queryParams.length);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
