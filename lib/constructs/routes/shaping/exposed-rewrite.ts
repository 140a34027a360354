import type { IConstruct } from 'constructs';
import type { RewriteFacts } from '../../../model/route-features';
import type { Rewrite } from '../../../values/traffic/shaping/rewrite';
import { refuse } from './refuse';
import { rewriteOf } from './rewrite-of';

/** The words in which a gateway sends on what it takes below a path. */
export function exposedRewrite(at: IConstruct, pathPrefix: string, rewrite: Rewrite): RewriteFacts {
  const facts = rewriteOf(at, rewrite);
  if (pathPrefix === '/' && facts.path?.replaces === 'matched' && facts.path.value !== '/')
    refuse(
      at,
      'MESH723',
      'a gateway gives another beginning to the paths below one, and none to all paths: Istio loses the slash between',
      `PathRewrite.prefix('${facts.path.value}') for all paths`,
      'set pathPrefix to what the new beginning takes the place of',
    );
  return facts;
}
