import type { PathNormalizationName } from '../../model/mesh-model';

/** The path of a request as an Envoy sees it, and sends it on. The query stays as it is. */
export function normalPath(path: string, normalization: PathNormalizationName): string {
  if (normalization === 'NONE' || IN_ORDER.test(path)) return path;
  const [whole, ...query] = path.split('?');
  const decoded = normalization === 'DECODE_AND_MERGE_SLASHES' ? whole.replace(/%2f|%5c/gi, '/') : whole;
  const resolved = resolve(decoded.replaceAll('\\', '/').replace(/["<>^`{|}]/g, encodeURIComponent));
  return [normalization === 'BASE' ? resolved : resolved.replace(/\/{2,}/g, '/'), ...query].join('?');
}

/** Names alone: there is nothing that any normalization changes. */
const IN_ORDER = /^\/(?:[\w~*-]+\/)*[\w~*-]*$/;

function resolve(path: string): string {
  const kept: string[] = [];
  const parts = path.split('/').slice(1);
  parts.forEach((part, index) => {
    const plain = part.replace(/%[0-9a-f]{2}/gi, plainCharacter);
    const dots = dotsOf(part) ?? (plain === part ? undefined : /^\.\.?$/.exec(plain)?.[0]);
    if (dots === '..') kept.pop();
    if (dots === undefined) kept.push(plain);
    else if (index === parts.length - 1) kept.push('');
  });
  return `/${kept.join('/')}`;
}

/** Envoy takes parameters behind dots for none, where the dots are written as such. */
function dotsOf(part: string): string | undefined {
  return /^(\.\.?)(;.*)?$/.exec(part)?.[1];
}

/** A letter, digit or mark that nothing has to be written in place of. */
function plainCharacter(code: string): string {
  const character = String.fromCharCode(parseInt(code.slice(1), 16));
  return /[-.\w~]/.test(character) ? character : code;
}
