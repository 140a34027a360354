import { made, TEXT } from '../../../support/options/kind';
import { requireArguments } from '../../../support/options/require-options';
import { requirePathPrefix, requireRequestPath } from '../../../support/request-path';

/**
 * The path that takes the place of a request's own. Its query stays.
 *
 * Expands into `rewrite` or `redirect` of VirtualService, or `URLRewrite` or `RequestRedirect` of HTTPRoute.
 *
 * @example
 * import { PathRewrite } from 'istio-constructs';
 *
 * // Of requests that match /cart: /cart/items becomes /items, and /cart itself /.
 * const stripped = PathRewrite.prefix('/');
 * // /cart/items becomes /basket/items.
 * const renamed = PathRewrite.prefix('/basket');
 * // Whatever was asked for.
 * const page = PathRewrite.whole('/closed.html');
 */
export class PathRewrite {
  /**
   * Another beginning: what the match of the request names is replaced, and the rest of the path stays. Of a match without a path it is put before all of it.
   * @param value The new beginning; `/` takes the old one away
   */
  public static prefix(value: string): PathRewrite {
    requireArguments('PathRewrite', { value }, { value: TEXT });
    return new PathRewrite('matched', requirePathPrefix('PathRewrite', value));
  }

  /**
   * One path for all requests that match.
   * @param path The new path
   */
  public static whole(path: string): PathRewrite {
    requireArguments('PathRewrite', { path }, { path: TEXT });
    return new PathRewrite('whole', requireRequestPath('PathRewrite', path));
  }

  /** @internal */
  public readonly _facts: { readonly replaces: 'matched' | 'whole'; readonly value: string };

  private constructor(replaces: 'matched' | 'whole', value: string) {
    this._facts = Object.freeze({ replaces, value });
  }
}

export const PATH_REWRITE = made(PathRewrite, 'PathRewrite', "PathRewrite.prefix('/')");
