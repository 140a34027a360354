import type { Duration } from 'cdk8s';
import { listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { DURATION } from '../../../values/traffic/duration';
import { REQUEST_MATCH, type RequestMatch } from '../../../values/traffic/request-match';
import { REQUEST_SHAPING_SHAPE, type RequestShaping } from '../../../values/traffic/request-shaping';
import { RETRY_POLICY, type RetryPolicy } from '../../../values/traffic/retry-policy';
import { VERSION_SHARE, type VersionShare } from '../../../values/traffic/releases/version-share';

/** What is done with some requests to a service. What it leaves out is as for all other requests; `rewrite`, `redirect` and `directResponse` are the rule's own. */
export interface RequestRule extends RequestShaping {
  /**
   * The requests; one match is enough.
   * @default - all that no rule before it takes
   */
  readonly match?: RequestMatch[];

  /**
   * The version that gets them all. Give either this or `split`.
   * @default - as `split` says, or as all other requests are shared out
   */
  readonly to?: string;

  /**
   * How versions share them. Give either this or `to`.
   * @default - as `to` says, or as all other requests are shared out
   */
  readonly split?: VersionShare[];

  /**
   * How long such a request may take, with all its retries.
   * @default - as the service says
   */
  readonly timeout?: Duration;

  /**
   * When and how often such a request is sent again after a failure.
   * @default - as the service says
   */
  readonly retries?: RetryPolicy;
}

export const REQUEST_RULE = struct<RequestRule>({
  match: optional(listOf(REQUEST_MATCH)),
  to: optional(TEXT),
  split: optional(listOf(VERSION_SHARE)),
  timeout: optional(DURATION),
  retries: optional(RETRY_POLICY),
  ...REQUEST_SHAPING_SHAPE,
});
