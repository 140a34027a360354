import type { RouteConflict, RouteMatch, RouteStatement } from '../model/route';
import { featuresIn, valueOf } from '../planes/features';
import { overlapTooOften } from './match-groups';
import { overlapOf } from '../model/matches/match-overlap';
import { compareMatches, matchKey } from '../model/matches/match-rank';

type Pair = readonly [RouteStatement, RouteStatement];

/** Where two statements of one service cannot both hold, each once. */
export function conflictsIn(statements: readonly RouteStatement[]): RouteConflict[] {
  if (statements.length < 2) return [];
  const pairs = statements.flatMap((first, index) => statements.slice(index + 1).map((second): Pair => [first, second]));
  return [...pairs.flatMap(betweenTwo), ...overbooked(statements), ...entangled(statements)];
}

/** Where two constructs say something else of requests that no route can name: the first of the two is the one that holds. */
export function untoldIn(statements: readonly RouteStatement[]): RouteConflict[] {
  return statements.flatMap((one, index) => statements.slice(index + 1).flatMap((other) => untoldBetween(one, other) ?? []));
}

function untoldBetween(one: RouteStatement, other: RouteStatement): RouteConflict | undefined {
  if (one.path === other.path || !differ(sayingsOf(one), sayingsOf(other))) return undefined;
  const pairs = (one.matches ?? []).flatMap((a) => (other.matches ?? []).map((b) => [a, b] as const));
  const pair = pairs.find(([a, b]) => overlapOf(a, b).is === 'unspeakable');
  if (!pair) return undefined;
  const [first, second] = compareMatches(...pair) <= 0 ? [one, other] : [other, one];
  return { what: 'both are about requests that no route can name', said: pair.map(matchText).join(' and '), first, second };
}

function sayingsOf(statement: RouteStatement): unknown {
  return [featuresIn(statement).map((feature) => [feature.key, valueOf(feature, statement)]), statement.shares];
}

function matchText({ headers, cookies = [] }: RouteMatch): string {
  return [...headers, ...cookies.map((cookie) => ({ ...cookie, name: `cookie ${cookie.name}` }))]
    .map(({ name, value }) => `${name}: ${value}`)
    .join(', ');
}

function entangled(statements: readonly RouteStatement[]): RouteConflict[] {
  const special = statements.filter(({ matches }) => matches);
  if (special.length < 2 || !overlapTooOften(special)) return [];
  const count = special.reduce((sum, { matches = [] }) => sum + matches.length, 0);
  return [
    { what: 'their matches overlap in more ways than a route can list', said: `${count} matches`, first: special[0], second: special[1] },
  ];
}

function betweenTwo([first, second]: Pair): RouteConflict[] {
  const isOneConstruct = first.path === second.path;
  const conflict = (what: string, said: string): RouteConflict => ({ what, said, first, second });
  const found: RouteConflict[] = [];
  const version = first.versions?.find((each) => second.versions?.includes(each));
  if (version !== undefined && !isOneConstruct) found.push(conflict(`both make pods of version ${version}`, version));
  if (sameRequests(first, second)) found.push(...aboutSameRequests(first, second).map((what) => conflict(what.what, what.said)));
  if (first.affinity && second.affinity && differ(first.affinity, second.affinity))
    found.push(
      conflict('both say by which cookie a customer comes back', [first, second].map(({ affinity }) => affinity!.cookie).join(' and ')),
    );
  if (splitsRest(first) && splitsRest(second) && first.weightsOwnedBy !== second.weightsOwnedBy)
    found.push(conflict('the weights of one route are moved by one owner', [first, second].map(ownerOf).join(' and ')));
  return found;
}

function aboutSameRequests(first: RouteStatement, second: RouteStatement): Array<{ what: string; said: string }> {
  const twice = featuresIn(first).filter(
    (feature) => valueOf(feature, second) !== undefined && differ(valueOf(feature, first), valueOf(feature, second)),
  );
  const found = twice.map((feature) => ({
    what: `both say the ${feature.title} of the same requests`,
    said: [first, second].map((one) => JSON.stringify(valueOf(feature, one))).join(' and '),
  }));
  const answered = answeredAndSent(first, second) ?? answeredAndSent(second, first);
  if (answered) found.push(answered);
  const isSplitTwice = first.matches && first.shares && second.shares && differ(first.shares, second.shares);
  if (isSplitTwice) found.push({ what: 'both say where the same requests go', said: [first, second].map(sharesText).join(' and ') });
  return found;
}

// What a proxy answers by itself it does not send on, and it has one answer.
function answeredAndSent(answering: RouteStatement, other: RouteStatement): { what: string; said: string } | undefined {
  const answer = featuresIn(answering).find(({ answers }) => answers);
  const sent = featuresIn(other).find((feature) => feature.key !== answer?.key && (feature.answers || feature.needsSending));
  if (!answer || (!sent && !other.shares)) return undefined;
  const what = `one answers the same requests by a ${answer.title}, and the other ${sent ? `has a ${sent.title} for them` : 'sends them to versions'}`;
  return { what, said: `${answer.title} and ${sent?.title ?? sharesText(other)}` };
}

// Shares of all other requests add up: each release takes its own from the stable version, as long as there is something left. One that names the
// stable version's share as well leaves nothing.
function overbooked(statements: readonly RouteStatement[]): RouteConflict[] {
  const [stable] = statements.flatMap(({ versions = [] }) => versions);
  const splitting = statements.filter((one) => splitsRest(one) && totalOf(one) > 0);
  const namesStable = splitting.some(({ shares = [] }) => shares.some(({ version }) => version === stable));
  const what = namesStable
    ? 'together they share out more than all requests'
    : 'together they send more than all requests away from the stable version';
  let sum = 0;
  for (const [index, second] of splitting.entries()) {
    sum += totalOf(second);
    if (sum > 100 && index > 0) return [{ what, said: splitting.map(sharesText).join(' + '), first: splitting[index - 1], second }];
  }
  return [];
}

function totalOf({ shares = [] }: RouteStatement): number {
  return shares.reduce((total, { weight }) => total + weight, 0);
}

function splitsRest({ matches, shares }: RouteStatement): boolean {
  return matches === undefined && shares !== undefined;
}

// Of statements about some requests one match in common is enough: which of them would hold for it?
function sameRequests(first: RouteStatement, second: RouteStatement): boolean {
  if (!first.matches || !second.matches) return first.matches === second.matches;
  const keys = second.matches.map(matchKey);
  return first.matches.some((match) => keys.includes(matchKey(match)));
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function ownerOf({ weightsOwnedBy }: RouteStatement): string {
  return weightsOwnedBy ?? 'this program';
}

function sharesText({ shares = [] }: RouteStatement): string {
  return shares.map(({ version, weight }) => `${version}: ${weight} %`).join(', ');
}
