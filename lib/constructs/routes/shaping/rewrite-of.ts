import type { IConstruct } from 'constructs';
import type { RewriteFacts } from '../../../model/route-features';
import type { Rewrite } from '../../../values/traffic/shaping/rewrite';
import { refuse } from './refuse';
import { requireHostName } from './require-host-name';

/** Other words for requests, as they go into a route. */
export function rewriteOf(at: IConstruct, { path, authority }: Rewrite): RewriteFacts {
  if (!path && authority === undefined)
    refuse(at, 'MESH722', 'a rewrite has a new path or a new authority', 'neither', 'set path, authority or both, or leave rewrite out');
  return { path: path?._facts, authority: authority === undefined ? undefined : requireHostName(at, 'authority', authority) };
}
