import type { Exposure } from '../../model/exposure';
import type { PathChange, RedirectFacts, RewriteFacts } from '../../model/route-features';
import { changeAt, EVERY_PATH, type PathMatch, withOtherStart } from './path-change';

interface Exposed extends Pick<Exposure, 'pathPrefix' | 'rewrite'> {
  /** Those of the paths below the prefix that are meant; absent for all. */
  readonly entrance?: PathMatch;
}

type ExposedHost = Exposed & Pick<Exposure, 'host'>;

/** The paths of exposed requests as the service sees them. */
export function arrivingAt({ pathPrefix, rewrite, entrance = below(pathPrefix) }: Exposed): PathMatch {
  if (!rewrite?.path) return entrance;
  if (rewrite.path.replaces === 'whole') return { type: 'Exact', value: rewrite.path.value };
  return { type: entrance.type, value: withOtherStart(entrance.value, pathPrefix, rewrite.path.value) };
}

/** Where a match in the service's words lies in those of whoever comes in through the gateway; nowhere where none of them has it. */
export function comingFrom(exposed: Exposed, match: PathMatch): readonly PathMatch[] {
  const arriving = arrivingAt(exposed);
  const all = exposed.entrance ?? below(exposed.pathPrefix);
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
  const isChanged = path !== undefined || ofRoute?.path !== undefined;
  return {
    path: isChanged ? pathOfService(exposed, at, named, ofRoute?.path) : undefined,
    authority: ofRoute?.authority ?? authority,
  };
}

/**
 * A redirect of the service's, as a gateway answers it that rewrites: whoever stays at its host goes on in the words of its clients, who know no others, and elsewhere
 * the path is the service's.
 */
export function redirectThrough(exposed: ExposedHost, at: PathMatch, named: PathMatch, redirect: RedirectFacts): RedirectFacts {
  if (!exposed.rewrite?.path) return redirect;
  const { replaces, value } = pathOfService(exposed, at, named, redirect.path);
  const leaves = redirect.host !== undefined && redirect.host.toLowerCase() !== exposed.host.toLowerCase();
  const path: PathChange = { replaces, value: leaves ? value : outsideOf(exposed, value) };
  return { ...redirect, path: path.replaces === 'matched' && path.value === at.value ? undefined : path };
}

/** What becomes of the paths at a place in the gateway's words: its own change first, then one that is said in those of the service. */
function pathOfService(exposed: Exposed, at: PathMatch, named: PathMatch, said: PathChange | undefined): PathChange {
  const inside: PathMatch = exposed.rewrite?.path ? insideAt(exposed, at) : at;
  const change = said && changeAt(said, named, inside);
  const value = change ? ('whole' in change ? change.whole : change.to) : inside.value;
  const isWhole = inside.type === 'Exact' || (change !== undefined && 'whole' in change);
  return { replaces: isWhole && at.type !== 'Exact' ? 'whole' : 'matched', value };
}

function outsideOf(exposed: Exposed, path: string): string {
  const arriving = arrivingAt(exposed);
  const outside = exposed.entrance?.value ?? exposed.pathPrefix;
  if (path === arriving.value) return outside;
  return arriving.type === 'PathPrefix' && isBelow(path, arriving.value) ? withOtherStart(path, arriving.value, outside) : path;
}

function insideAt(exposed: Exposed, at: PathMatch): PathMatch {
  const arriving = arrivingAt(exposed);
  return arriving.type === 'Exact'
    ? arriving
    : { type: at.type, value: withOtherStart(at.value, exposed.entrance?.value ?? exposed.pathPrefix, arriving.value) };
}

function below(value: string): PathMatch {
  return { type: 'PathPrefix', value };
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === EVERY_PATH.value || path === prefix || path.startsWith(`${prefix}/`);
}
