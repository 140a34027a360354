import type { Duration } from 'cdk8s';
import { NUMBER, optional, passedOn, struct } from '../../support/options/kind';
import { DURATION } from './duration';
import { GRPC_STATUS, type GrpcStatus } from './grpc-status';

/** Requests that are held up before they are sent on. */
export interface FaultDelay {
  /** How long they are held up. */
  readonly duration: Duration;

  /**
   * Share of the requests, in percent, fractions included. Istio itself delays none where the share is left out, so it is always written.
   * @default 100
   */
  readonly percentage?: number;
}

/** Requests that are answered with an error and never sent on. Give either `status` or `grpcStatus`. */
export interface FaultAbort {
  /**
   * HTTP status of the answer, from 200 to 599. On a port that speaks gRPC the proxy translates it: 503 into UNAVAILABLE, 404 into UNIMPLEMENTED.
   * @default - as `grpcStatus` says
   */
  readonly status?: number;

  /**
   * Status of the answer by gRPC. It holds on the ports that speak gRPC; requests to others are not aborted.
   * @default - as `status` says
   */
  readonly grpcStatus?: GrpcStatus;

  /**
   * Share of the requests, in percent, fractions included. Istio itself aborts none where the share is left out, so it is always written.
   * @default 100
   */
  readonly percentage?: number;
}

export const FAULT_DELAY = struct<FaultDelay>({ duration: DURATION, percentage: optional(passedOn(NUMBER)) });

export const FAULT_ABORT = struct<FaultAbort>({
  status: optional(passedOn(NUMBER)),
  grpcStatus: optional(GRPC_STATUS),
  percentage: optional(passedOn(NUMBER)),
});
