import { optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { PATH_REWRITE, type PathRewrite } from './path-rewrite';

/**
 * Other words in which requests are sent on. Say `path`, `authority` or both.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export interface Rewrite {
  /**
   * The path that the service sees.
   * @default - the one that was asked for
   */
  readonly path?: PathRewrite;

  /**
   * The host name that the service sees, which no change of headers can set.
   * @default - the one that was asked for
   */
  readonly authority?: string;
}

export const REWRITE = struct<Rewrite>({ path: optional(PATH_REWRITE), authority: optional(passedOn(TEXT)) });
