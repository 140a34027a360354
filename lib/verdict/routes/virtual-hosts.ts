import { hostMatches } from '../../cluster/services/hosts';

/** The narrower of two patterns, one of which holds the other. */
export function narrower(one: string, other: string): string | undefined {
  if (hostMatches(one, other)) return other;
  return hostMatches(other, one) ? one : undefined;
}

/** Names that are of both: those under which a gateway has routes, where its port is open for some and a route is for others. */
export function commonHosts(open: readonly string[], asked: readonly string[]): string[] {
  return [...new Set(open.flatMap((one) => asked.flatMap((other) => narrower(one.toLowerCase(), other.toLowerCase()) ?? [])))];
}

/** How closely a pattern names a host, a name closer than any pattern; nothing where it does not. */
export function closeness(pattern: string, host: string): number {
  if (!hostMatches(pattern, host)) return 0;
  return pattern.startsWith('*') ? pattern.length : Infinity;
}

/** Those that name a host most closely: a proxy has one list of routes for each name, and asks that of the closest alone. */
export function closestTo<T>(host: string, items: readonly T[], hostsOf: (item: T) => readonly string[]): T[] {
  const ranked = items.map((item) => ({ item, rank: Math.max(0, ...hostsOf(item).map((name) => closeness(name, host))) }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  return best > 0 ? ranked.filter(({ rank }) => rank === best).map(({ item }) => item) : [];
}
