import { listOf, NUMBER, optional, struct } from '../../support/options/kind';
import { HTTP_ACCESS, type HttpAccess } from './http-access';

/** What of a service a call is about. */
export interface CallOptions {
  /**
   * Port of the callee's Service.
   * @default - all its ports; with `http`, all that speak HTTP
   */
  readonly port?: number;

  /**
   * Requests that are meant.
   * @default - all requests
   */
  readonly http?: HttpAccess[];
}

export const CALL_OPTIONS = struct<CallOptions>({ port: optional(NUMBER), http: optional(listOf(HTTP_ACCESS)) });
