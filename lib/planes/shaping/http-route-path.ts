import type { LocalChange } from '../../model/route-features';

/** A new path as HTTPRoute writes it. */
export function httpRoutePath(change: LocalChange): Readonly<Record<string, string>> {
  if ('whole' in change) return { type: 'ReplaceFullPath', replaceFullPath: change.whole };
  return { type: 'ReplacePrefixMatch', replacePrefixMatch: change.to };
}
