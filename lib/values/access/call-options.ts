import { BOOLEAN, listOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { CONDITION, type Condition } from './condition';
import { END_USER, type EndUser } from './end-user';
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

  /**
   * Whose token the requests have to carry, on ports that speak HTTP.
   * @default - no token is asked for
   */
  readonly user?: EndUser;

  /**
   * What else has to hold of the requests, or of the connection: all of it.
   * @default - nothing else
   */
  readonly conditions?: Condition[];

  /**
   * The caller connects to the addresses of pods, past every Service, as Prometheus does and as clients of Kafka that are told addresses of brokers.
   * In ambient mode it is then let in at the pods and not at the waypoint, which stands before Services alone, so that there is no `http` or `user` beside it. In
   * sidecar mode nothing else is written. A caller with a sidecar proves its identity to addresses only where a headless Service of its callee
   * has a TCP port for them (MESH221).
   * @default false
   */
  readonly toPods?: boolean;

  /**
   * The last day on which the call may be made, `2026-12-31`, with its `reason`. Until then a finding names the day (MESH252); from the next day on synth
   * fails (MESH253), so that somebody takes the grant out or decides anew. Nothing closes by itself.
   * @default - for good
   */
  readonly until?: string;

  /**
   * Why the call may be made, for those who read the report. A grant for a time has to say it, and one to many callers at once.
   * @default - no reason is needed
   */
  readonly reason?: string;
}

export const CALL_OPTIONS = struct<CallOptions>({
  port: optional(NUMBER),
  http: optional(listOf(HTTP_ACCESS)),
  user: optional(END_USER),
  conditions: optional(listOf(CONDITION)),
  toPods: optional(BOOLEAN),
  until: optional(TEXT),
  reason: optional(TEXT),
});
