import { NETWORKING } from '../../istio/api-groups';
import { isEmpty, type Labels } from '../../cluster/objects/fields';
import { hasLabels } from '../../cluster/objects/selectors';
import type { StringMatch, VirtualMatch } from '../../cluster/routes/virtual-matches';
import { httpRoutesOf, type VirtualRoute, virtualServices } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';
import { type Shadowed, shadowedBytes } from './idle/shadowed-bytes';

export const shadowedMatch = rule({
  code: 'MESH348',
  level: 'warning',
  title: 'route that an earlier one leaves nothing',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: ['spec http match', 'spec tcp match', 'spec tls match'], made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const requests = shadowsIn(httpRoutesOf(cluster, one).flatMap(asksOf)).map((found) => ({ ...found, what: 'request' }));
      const connections = shadowedBytes(one).map((found) => ({ ...found, what: 'connection' }));
      for (const { first, asked, isSame: isSameMatch, what } of [...requests, ...connections]) {
        report({
          on: one.object,
          message: `${asked} in ${one.title} receives no ${what}: ${first} comes first and ${isSameMatch ? 'asks for the same' : 'takes all that it asks for'}`,
          got: `${first} before ${asked}`,
          fix: 'put the narrower match first, or remove the one that receives nothing',
        });
      }
    }
  },
});

function shadowsIn(all: readonly Asked[]): Shadowed[] {
  return all.flatMap((asked, index) => {
    const first = all.slice(0, index).find(({ match, delegate }) => delegate === undefined && takesAll(match, asked.match));
    return first ? [{ first: first.place, asked: asked.place, isSame: takesAll(asked.match, first.match) }] : [];
  });
}

/** One match, and where it stands; a route that delegates may leave requests to those after it. */
interface Asked {
  readonly place: string;
  readonly match: VirtualMatch;
  readonly delegate?: string;
}

const ALL: VirtualMatch = { ignoresCase: false, headers: {}, withoutHeaders: {}, queryParams: {}, sourceLabels: {}, gateways: [] };

function asksOf({ name, matches = [ALL], delegate }: VirtualRoute, index: number): Asked[] {
  const route = name ?? `http route ${index + 1}`;
  return matches.map((match, at) => ({ place: matches.length > 1 ? `match ${at + 1} of ${route}` : route, match, delegate }));
}

/** Whether every request of the narrow match is one of the wide match; false where that is not sure. */
function takesAll(wide: VirtualMatch, narrow: VirtualMatch): boolean {
  return (
    takesPath(wide, narrow) &&
    takesWord(wide.method, narrow.method) &&
    takesWord(wide.scheme, narrow.scheme) &&
    takesWord(wide.authority, narrow.authority) &&
    takesNamed(small(wide.headers), small(narrow.headers)) &&
    takesNamed(wide.queryParams, narrow.queryParams) &&
    isSame(small(wide.withoutHeaders), small(narrow.withoutHeaders)) &&
    isUnsaidOrSame(wide.port, narrow.port) &&
    isUnsaidOrSame(wide.sourceNamespace, narrow.sourceNamespace) &&
    hasLabels(narrow.sourceLabels, wide.sourceLabels) &&
    takesGateways(wide.gateways, narrow.gateways)
  );
}

// Every path begins with a slash.
function takesPath({ uri: wide, ignoresCase }: VirtualMatch, { uri: narrow, ignoresCase: isWider }: VirtualMatch): boolean {
  if (!wide || wide.prefix === '/') return true;
  return (ignoresCase || !isWider) && takesText(wide, narrow);
}

function takesWord(wide: StringMatch | undefined, narrow: StringMatch | undefined): boolean {
  return !wide || takesText(wide, narrow);
}

/** A text that begins with the prefix is narrower than it; a pattern is compared by its letters alone. */
function takesText(wide: StringMatch, narrow: StringMatch | undefined): boolean {
  if (!narrow) return false;
  const begun = narrow.exact ?? narrow.prefix;
  return isSame(wide, narrow) || (wide.prefix !== undefined && begun !== undefined && begun.startsWith(wide.prefix));
}

function takesNamed(wide: Named, narrow: Named): boolean {
  return Object.entries(wide).every(([name, match]) => {
    return Object.hasOwn(narrow, name) && (isEmpty(match) || takesText(match, narrow[name]));
  });
}

type Named = Readonly<Record<string, StringMatch>>;

function small(named: Named): Named {
  return Object.fromEntries(Object.entries(named).map(([name, match]) => [name.toLowerCase(), match]));
}

function isUnsaidOrSame<T>(wide: T | undefined, narrow: T | undefined): boolean {
  return wide === undefined || wide === narrow;
}

function takesGateways(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.length === 0 || (narrow.length > 0 && narrow.every((gateway) => wide.includes(gateway)));
}

function isSame(one: Labels | Named, other: Labels | Named): boolean {
  const [a, b] = [Object.keys(one), Object.keys(other)];
  return a.length === b.length && a.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}
