import type { Duration } from 'cdk8s';
import { BOOLEAN, listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { DURATION } from '../duration';

/**
 * Which pages of other sites may ask a service by a browser, and what they may see. The proxy answers what browsers ask beforehand, and puts the answer's headers on.
 *
 * A browser obeys it and nothing else does: it is no lock. What a page may ask must be granted besides; where a waypoint decides, that is also the
 * browser's question itself, of the method OPTIONS.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export interface CorsPolicy {
  /** Sites whose pages may ask: `https://shop.example.com`, `https://*.example.com`, or `*` for all. */
  readonly allowOrigins: string[];

  /**
   * Methods that they may send besides GET, HEAD and POST, which browsers send without asking.
   * @default - none
   */
  readonly allowMethods?: string[];

  /**
   * Headers that they may send besides those which browsers send without asking.
   * @default - none
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of the answer that they may read besides those which browsers show to all.
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether browsers send cookies along; not together with the origin `*`.
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long browsers remember the answer, in whole seconds.
   * @default - 5 seconds, as long as browsers do that were told nothing
   */
  readonly maxAge?: Duration;
}

const WORDS = optional(listOf(TEXT));

export const CORS_POLICY = struct<CorsPolicy>({
  allowOrigins: listOf(TEXT),
  allowMethods: WORDS,
  allowHeaders: WORDS,
  exposeHeaders: WORDS,
  allowCredentials: optional(BOOLEAN),
  maxAge: optional(DURATION),
});
