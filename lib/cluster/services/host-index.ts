import { addTo } from '../../support/grouping';

/** Things that name hosts, some of them by a wildcard, found by a host without looking at all of them. */
export class HostIndex<T> {
  private readonly byPattern = new Map<string, T[]>();
  private readonly hasWildcards: boolean;

  constructor(items: Iterable<T>, hostsOf: (item: T) => Iterable<string>) {
    for (const item of items) for (const pattern of new Set(hostsOf(item))) addTo(this.byPattern, pattern, item);
    this.hasWildcards = [...this.byPattern.keys()].some((pattern) => pattern.startsWith('*'));
  }

  /** What names the host itself, then what covers it, the closest first; each list in the order in which it came. */
  covering(host: string): (readonly T[])[] {
    const patterns = [host, ...(this.hasWildcards ? wildcardsOver(host) : [])];
    return patterns.flatMap((pattern) => {
      const found = this.byPattern.get(pattern);
      return found ? [found] : [];
    });
  }
}

/** Every wildcard that covers a host, the longest first. */
function wildcardsOver(host: string): string[] {
  return Array.from({ length: host.length + 1 }, (_, start) => `*${host.slice(start)}`);
}
