import type { RouteMatch } from '../../model/route';
import type { LocalChange, PathChange } from '../../model/route-features';

export type PathMatch = NonNullable<RouteMatch['path']>;

/** What a match without a path means. */
export const EVERY_PATH: PathMatch = { type: 'PathPrefix', value: '/' };

/**
 * The change for the requests of one route, whose paths lie below what the match named of whoever said it: `/cart` that becomes `/` makes
 * `/cart/items` into `/items`.
 */
export function changeAt({ replaces, value }: PathChange, named: PathMatch, at: PathMatch): LocalChange {
  if (replaces === 'whole') return { whole: value };
  const to = withOtherStart(at.value, named.value, value);
  return at.type === 'Exact' ? { whole: to } : { of: at.value, to: at.value === '/' ? value : to };
}

/** A path, or a pattern of paths, with another beginning. */
export function withOtherStart(path: string, of: string, to: string): string {
  const rest = of === '/' ? path : path.slice(of.length);
  return `${to === '/' ? '' : to}${rest}` || '/';
}

/** Nothing changes. */
export function isIdle(change: LocalChange): boolean {
  return 'of' in change && change.of === change.to;
}

/** A new beginning of all paths, before the rest of which Istio leaves out the slash where HTTPRoute says it. */
export function isLostSlash(change: LocalChange): boolean {
  return 'of' in change && change.of === '/' && !isIdle(change);
}

/** The same change in the words of a match that takes some of the requests which the named one has. */
export function narrowed(change: PathChange, named: PathMatch, at: PathMatch): PathChange {
  return change.replaces === 'whole' ? change : { ...change, value: withOtherStart(at.value, named.value, change.value) };
}
