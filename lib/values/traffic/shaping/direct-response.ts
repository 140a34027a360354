import { NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';

/**
 * An answer in place of the service's, which never sees the request. HTTPRoute has no words for it: the route is a VirtualService.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export interface DirectResponse {
  /** HTTP status of the answer, from 200 to 599. */
  readonly status: number;

  /**
   * Body of the answer, plain text unless its `content-type` is set among the response headers.
   * @default - none
   */
  readonly body?: string;
}

export const DIRECT_RESPONSE = struct<DirectResponse>({ status: passedOn(NUMBER), body: optional(passedOn(TEXT)) });
