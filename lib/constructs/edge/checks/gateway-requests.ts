import { listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { HTTP_ACCESS, type HttpAccess } from '../../../values/access/http-access';

/** Which requests through a gateway are meant, as clients send them: before a route changes anything of them. */
export interface GatewayRequests {
  /**
   * Hosts that the requests are for: whole names, no wildcards (MESH845). A port behind them or capitals make no difference.
   * @default - all hosts of the gateway
   */
  readonly hosts?: string[];

  /**
   * Requests that are meant. A path means all that is below it, and every way of writing it that a policy has words for. Others pass it, such as letters of another case: MESH266
   * tells which.
   * @default - all requests
   */
  readonly http?: HttpAccess[];
}

export const GATEWAY_REQUESTS = struct<GatewayRequests>({ hosts: optional(listOf(TEXT)), http: optional(listOf(HTTP_ACCESS)) });
