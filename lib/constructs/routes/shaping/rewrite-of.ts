import type { IConstruct } from 'constructs';
import type { RewriteFacts } from '../../../model/route-features';
import type { Rewrite } from '../../../values/traffic/shaping/rewrite';
import { requireHostName } from './require-host-name';
import { requireWords } from './require-words';

/** Other words for requests, as they go into a route. */
export function rewriteOf(at: IConstruct, { path, authority }: Rewrite): RewriteFacts {
  requireWords(at, 'rewrite', { path, authority });
  return { path: path?._facts, authority: authority === undefined ? undefined : requireHostName(at, 'authority', authority) };
}
