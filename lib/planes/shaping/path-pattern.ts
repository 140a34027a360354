import type { PathMatch } from './path-change';

/** Patterns that together cover what a pattern of a grant and the match of a route have in common; undefined where no pattern of a policy says it. */
export type Common = readonly string[] | undefined;

/** The paths that a pattern and a match have in common. Patterns are those of an AuthorizationPolicy: `/a`, `/a*`, `*a`, `/a/{*}/b`, `/a/{**}`. */
export function commonPaths(pattern: string, match: PathMatch): Common {
  if (pattern === '*' || pattern === '/*' || pattern === '/{**}') return patternsOf(match);
  if (match.type === 'Exact') return covers(pattern, match.value) ? [match.value] : [];
  if (match.value === '/') return [pattern];
  if (pattern.includes('{')) return commonTemplate(pattern, match.value);
  if (pattern.startsWith('*')) return undefined;
  return pattern.endsWith('*') ? commonStart(pattern, match.value) : isBelow(pattern, match.value) ? [pattern] : [];
}

/** All paths of a match. */
export function patternsOf({ type, value }: PathMatch): readonly string[] {
  if (type === 'Exact') return [value];
  return value === '/' ? ['/*'] : [value, `${value}/*`];
}

function commonStart(pattern: string, prefix: string): readonly string[] {
  const start = pattern.slice(0, -1);
  if (prefix.startsWith(start)) return patternsOf({ type: 'PathPrefix', value: prefix });
  return start.startsWith(`${prefix}/`) ? [pattern] : [];
}

/** Part by part: an operator of the template takes the literal of the prefix. */
function commonTemplate(pattern: string, prefix: string): Common {
  const parts = pattern.split('/');
  const wanted = prefix.split('/');
  for (const [index, literal] of wanted.entries()) {
    const part = parts[index];
    // Any number of parts and nothing behind them: all that lies below the prefix. With something behind, no pattern tells it.
    if (part === '{**}') return index === parts.length - 1 ? patternsOf({ type: 'PathPrefix', value: prefix }) : undefined;
    if (part !== '{*}' && part !== literal) return [];
  }
  return [[...wanted, ...parts.slice(wanted.length)].join('/')];
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function covers(pattern: string, path: string): boolean {
  if (pattern.includes('{')) return template(pattern).test(path);
  if (pattern.startsWith('*')) return path.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function template(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part === '{*}') return '[^/]+';
    return part === '{**}' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
