import type { NewPath } from '../../cluster/routes/http-routes';
import type { StringMatch, VirtualMatch } from '../../cluster/routes/virtual-matches';
import { trySearch } from './patterns';

/** What sends a path on as another one; undefined where nobody can tell. */
export type Rewrite = (path: string) => string | undefined;

/** Everything that an expression finds in a path becomes something else. */
export function byRegex(match: string, substitution: string): Rewrite {
  const pattern = trySearch(match);
  const groups = substitution.replace(/\$/g, '$$$$').replace(/\\(\d)/g, '$$$1');
  return (path) => (pattern ? onPath(path, (one) => one.replace(pattern, groups)) : undefined);
}

/** What a route of a VirtualService asks of a path. */
export type MatchedPath = Pick<VirtualMatch, 'uri' | 'ignoresCase'>;

export function inSmallLetters(uri: StringMatch): StringMatch {
  return Object.fromEntries(Object.entries(uri).map(([kind, text]) => [kind, text.toLowerCase()]));
}

/** Istio swaps the text that a prefix or an exact path matched; the first match that a path has is the one that counts. */
export function byMatch(matches: readonly MatchedPath[], to: string): Rewrite {
  return (path) =>
    onPath(path, (one) => {
      for (const { uri = { prefix: '/' }, ignoresCase } of matches) {
        const [{ exact, prefix, regex }, text] = ignoresCase ? [inSmallLetters(uri), one.toLowerCase()] : [uri, one];
        if (regex !== undefined) return undefined;
        if (exact === text) return to;
        if (prefix !== undefined && text.startsWith(prefix)) return to + one.slice(prefix.length);
      }
      return undefined;
    });
}

/** A whole new path; one with a query of its own drops that of the request. */
export function byWhole(to: string): Rewrite {
  return (path) => (to.includes('?') ? to : onPath(path, () => to));
}

/** A redirect of HTTPRoute swaps the parts that a prefix matched, and nobody looks after the slash between them. */
export function byParts(match: { readonly type: string; readonly value: string }, to: string): Rewrite {
  const named = match.value === '/' ? match.value : match.value.replace(/\/$/, '');
  return (path) => (match.type === 'PathPrefix' ? onPath(path, (one) => to + one.slice(named.length)) : undefined);
}

/** HTTPRoute swaps whole parts of a path. Istio leaves out the slash between a new beginning of all paths and the rest of them. */
export function byFilter({ type, value }: NewPath, match: { readonly type: string; readonly value: string }): Rewrite {
  if (type === 'ReplaceFullPath') return byWhole(value);
  const prefix = match.value.replace(/\/$/, '');
  const to = value.replace(/\/$/, '');
  if (match.type !== 'PathPrefix') return () => undefined;
  if (prefix === '') return (path) => onPath(path, (one) => (to === '' ? one : to + one.slice(1)));
  return (path) => onPath(path, (one) => to + one.slice(prefix.length) || '/');
}

/** Queries stay as they are. */
function onPath(path: string, change: (path: string) => string | undefined): string | undefined {
  const [before] = path.split('?');
  const after = change(before);
  return after === undefined ? undefined : after + path.slice(before.length);
}
