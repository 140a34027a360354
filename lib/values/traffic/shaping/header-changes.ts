import { listOf, mapOf, optional, passedOn, struct, TEXT } from '../../../support/options/kind';

/**
 * Headers that are set, added and removed on the way, by their names; case does not matter. Each name is changed once. A value is taken as it is written, but for `%`, which begins a
 * variable of Envoy such as `%DOWNSTREAM_REMOTE_ADDRESS%`; `%%` is a percent sign.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export interface HeaderChanges {
  /**
   * Values that take the place of whatever was sent.
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Values that are added to whatever was sent.
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Headers that are taken away.
   * @default - none
   */
  readonly remove?: string[];
}

const VALUES = optional(mapOf(passedOn(TEXT)));

export const HEADER_CHANGES = struct<HeaderChanges>({ set: VALUES, add: VALUES, remove: optional(listOf(TEXT)) });
