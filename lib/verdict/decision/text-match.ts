/** Istio's own matching of strings: exact, `prefix*`, `*suffix`, or `*` for anything that is there at all. */
export function textMatches(pattern: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return pattern === text;
}

/** As `textMatches`, and with `{*}` for one segment or `{**}` for any number of them. The query is no part of the path. */
export function pathMatches(pattern: string, path: string): boolean {
  const [text] = path.split('?');
  if (!pattern.includes('{*}') && !pattern.includes('{**}')) return textMatches(pattern, text);
  const parts = pattern.split(/(\{\*\*?\})/).map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : literal(part)));
  return new RegExp(`^${parts.join('')}$`).test(text);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
