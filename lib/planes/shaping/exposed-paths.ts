import type { Exposure } from '../../model/exposure';
import type { RewriteFacts } from '../../model/route-features';
import { changeAt, EVERY_PATH, type PathMatch, withOtherStart } from './path-change';

type Exposed = Pick<Exposure, 'pathPrefix' | 'rewrite'>;

/** The paths of exposed requests as the service sees them. */
export function arrivingAt({ pathPrefix, rewrite }: Exposed): PathMatch {
  if (rewrite?.path?.replaces === 'whole') return { type: 'Exact', value: rewrite.path.value };
  return { type: 'PathPrefix', value: rewrite?.path?.value ?? pathPrefix };
}

/** Where a match in the service's words lies in those of whoever comes in through the gateway; nowhere where none of them has it. */
export function comingFrom({ pathPrefix, rewrite }: Exposed, match: PathMatch): readonly PathMatch[] {
  const arriving = arrivingAt({ pathPrefix, rewrite });
  const all = { type: 'PathPrefix', value: pathPrefix } as const;
  if (match.type === 'PathPrefix' && isBelow(arriving.value, match.value)) return [all];
  if (arriving.type === 'Exact') return match.value === arriving.value ? [all] : [];
  if (!isBelow(match.value, arriving.value)) return [];
  const { type } = match;
  const values = [withOtherStart(match.value, arriving.value, pathPrefix)];
  // What is taken away leaves a slash, whether there was one behind it or not.
  if (match.value === '/' && pathPrefix !== '/') values.unshift(pathPrefix);
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
  return arriving.type === 'Exact' ? arriving : { type: at.type, value: withOtherStart(at.value, exposed.pathPrefix, arriving.value) };
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === EVERY_PATH.value || path === prefix || path.startsWith(`${prefix}/`);
}
