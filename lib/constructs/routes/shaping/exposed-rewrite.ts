import type { IConstruct } from 'constructs';
import type { RewriteFacts } from '../../../model/route-features';
import type { Rewrite } from '../../../values/traffic/shaping/rewrite';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
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

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
