import { pathLike } from './sample-lines';

/** Another way of writing a path, which some servers take for the same one. */
export interface PathTrick {
  /** For messages. */
  readonly name: string;
  /** As a client sends it. */
  readonly path: string;
}

/** Ways of writing a path that a refusal names; what is meant by the path itself comes first. */
export function pathTricks(refused: string): PathTrick[] {
  const path = pathLike(refused);
  const isOpen = refused.startsWith('*');
  const tricks: PathTrick[] = [
    { name: 'letters of another case', path: path.replace(/%..|[a-z]/gi, otherCase) },
    { name: 'letters written as %XX', path: path.replace(/[a-z](?![^%]?$)/i, encoded) },
    { name: 'dots', path: `/x/..${path}` },
    { name: 'slashes', path: `/${path}` },
    { name: 'slashes written as %2F', path: `/x%2F..${path.replace('/', '%2F')}` },
    { name: 'parameters', path: /^\/[^/]+\/./.test(path) ? path.replace(/^\/[^/]+/, '$&;x') : `/x/%2e%2e;${path}` },
    ...(isOpen ? [{ name: 'more behind the end', path: `${path};x` }] : []),
  ];
  return tricks.filter((trick) => trick.path !== path);
}

function otherCase(text: string): string {
  if (text.startsWith('%')) return text;
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function encoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}
