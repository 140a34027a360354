import { oneOf } from '../../support/options/kind';

/**
 * How proxies put the path of a request in order before they look at it, as `meshConfig.pathNormalization.normalization` of Istio's installation says. What they
 * have put in order they also send on.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/#customize-your-system-on-path-normalization
 */
export enum PathNormalization {
  /** Not at all: `/a/../admin` and `/%61dmin` pass every refusal of `/admin`. */
  NONE = 'NONE',
  /** What Istio does unless told otherwise: `.` and `..` are resolved, `\` is a slash, letters and digits are no longer written as `%XX`. */
  BASE = 'BASE',
  /** As BASE, and several slashes in a row become one. */
  MERGE_SLASHES = 'MERGE_SLASHES',
  /** As MERGE_SLASHES, and `%2F` and `%5C` become slashes first. A server that means something else by `%2F` than by a slash never sees it. */
  DECODE_AND_MERGE_SLASHES = 'DECODE_AND_MERGE_SLASHES',
}

export const PATH_NORMALIZATION = oneOf('PathNormalization', PathNormalization);
