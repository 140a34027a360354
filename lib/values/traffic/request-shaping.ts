import { optional, type Shape, struct } from '../../support/options/kind';
import { CORS_POLICY, type CorsPolicy } from './shaping/cors-policy';
import { DIRECT_RESPONSE, type DirectResponse } from './shaping/direct-response';
import { HEADER_CHANGES, type HeaderChanges } from './shaping/header-changes';
import { REDIRECT, type Redirect } from './shaping/redirect';
import { REWRITE, type Rewrite } from './shaping/rewrite';

/**
 * What becomes of requests on their way, and of their answers. A request that is answered on the way, by `redirect` or `directResponse`, is not sent on: neither goes
 * together with the other, with `rewrite` or with `requestHeaders`.
 */
export interface RequestShaping {
  /**
   * Other words in which requests are sent on.
   * @default - as they came
   */
  readonly rewrite?: Rewrite;

  /**
   * An answer that sends the client elsewhere.
   * @default - none
   */
  readonly redirect?: Redirect;

  /**
   * Headers of the requests.
   * @default - as they came
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Headers of the answers.
   * @default - as the service sent them
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Which pages of other sites may ask. Browsers ask beforehand, without headers and cookies: a rule by one of these takes no `cors` (MESH716).
   * @default - as the service says itself
   */
  readonly cors?: CorsPolicy;

  /**
   * An answer in place of the service's.
   * @default - the service's own
   */
  readonly directResponse?: DirectResponse;
}

export const REQUEST_SHAPING_SHAPE: Shape<RequestShaping> = {
  rewrite: optional(REWRITE),
  redirect: optional(REDIRECT),
  requestHeaders: optional(HEADER_CHANGES),
  responseHeaders: optional(HEADER_CHANGES),
  cors: optional(CORS_POLICY),
  directResponse: optional(DIRECT_RESPONSE),
};

export const REQUEST_SHAPING = struct<RequestShaping>(REQUEST_SHAPING_SHAPE);
