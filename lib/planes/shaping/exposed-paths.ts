import type { Exposure } from '../../model/exposure';
import type { RewriteFacts } from '../../model/route-features';
import { changeAt, EVERY_PATH, type PathMatch, withOtherStart } from './path-change';

interface Exposed extends Pick<Exposure, 'pathPrefix' | 'rewrite'> {
  /** Those of the paths below the prefix that are meant; absent for all. */
  readonly path?: PathMatch;
}

/** The paths of exposed requests as the service sees them. */
export function arrivingAt({ pathPrefix, rewrite, path = below(pathPrefix) }: Exposed): PathMatch {
  if (!rewrite?.path) return path;
  if (rewrite.path.replaces === 'whole') return { type: 'Exact', value: rewrite.path.value };
  return { type: path.type, value: withOtherStart(path.value, pathPrefix, rewrite.path.value) };
}

/** Where a match in the service's words lies in those of whoever comes in through the gateway; nowhere where none of them has it. */
export function comingFrom(exposed: Exposed, match: PathMatch): readonly PathMatch[] {
  const arriving = arrivingAt(exposed);
  const all = exposed.path ?? below(exposed.pathPrefix);
  if (match.type === 'PathPrefix' && isBelow(arriving.value, match.value)) return [all];
  if (arriving.type === 'Exact') return match.value === arriving.value ? [all] : [];
  if (!isBelow(match.value, arriving.value)) return [];
  const { type } = match;
  const values = [withOtherStart(match.value, arriving.value, all.value)];
  // What is taken away leaves a slash, whether there was one behind it or not.
  if (match.value === '/' && all.value !== '/') values.unshift(all.value);
  return values.map((value) => ({ type, value }));
}

/** What becomes of requests at a place in the gateway's words: its own change of their paths first, then that of the service's route. */
export function rewriteThrough(exposed: Exposed, at: PathMatch, named: PathMatch, ofRoute: RewriteFacts | undefined): RewriteFacts {
  const { path, authority } = exposed.rewrite!;
  const inside: PathMatch = path ? insideAt(exposed, at) : at;
  const change = ofRoute?.path && changeAt(ofRoute.path, named, inside);
  const value = change ? ('whole' in change ? change.whole : change.to) : inside.value;
  const isWhole = inside.type === 'Exact' || (change !== undefined && 'whole' in change);
  return {
    path: path || change ? { replaces: isWhole && at.type !== 'Exact' ? 'whole' : 'matched', value } : undefined,
    authority: ofRoute?.authority ?? authority,
  };
}

function insideAt(exposed: Exposed, at: PathMatch): PathMatch {
  const arriving = arrivingAt(exposed);
  return arriving.type === 'Exact'
    ? arriving
    : { type: at.type, value: withOtherStart(at.value, exposed.path?.value ?? exposed.pathPrefix, arriving.value) };
}

function below(value: string): PathMatch {
  return { type: 'PathPrefix', value };
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === EVERY_PATH.value || path === prefix || path.startsWith(`${prefix}/`);
}
