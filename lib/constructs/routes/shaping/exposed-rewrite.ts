import type { IConstruct } from 'constructs';
import type { PathChange, RedirectFacts, RewriteFacts } from '../../../model/route-features';
import type { Redirect } from '../../../values/traffic/shaping/redirect';
import type { Rewrite } from '../../../values/traffic/shaping/rewrite';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import { redirectOf } from '../shaping-of';
import { rewriteOf } from './rewrite-of';

/** The words in which a gateway sends on what it takes below a path. */
export function exposedRewrite(at: IConstruct, pathPrefix: string, rewrite: Rewrite): RewriteFacts {
  const facts = rewriteOf(at, rewrite);
  requireSlash(at, pathPrefix, facts.path);
  return facts;
}

/** Where a gateway sends clients who ask for paths below one. */
export function exposedRedirect(at: IConstruct, pathPrefix: string, redirect: Redirect): RedirectFacts {
  const facts = redirectOf(at, redirect);
  requireSlash(at, pathPrefix, facts.path);
  return facts;
}

function requireSlash(at: IConstruct, pathPrefix: string, path: PathChange | undefined): void {
  if (pathPrefix === '/' && path?.replaces === 'matched' && path.value !== '/')
    refuse(
      at,
      'MESH723',
      'a gateway gives another beginning to the paths below one, and none to all paths: Istio loses the slash between',
      `PathRewrite.prefix('${path.value}') for all paths`,
      'set pathPrefix to what the new beginning takes the place of',
    );
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
