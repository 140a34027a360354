import { oneOf } from '../../support/options/kind';

/**
 * How a gRPC call fails, by the standard's own words.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/statuscodes.md
 */
export enum GrpcStatus {
  /** The caller has given up. */
  CANCELLED = 'CANCELLED',
  /** An error of which nothing is known. */
  UNKNOWN = 'UNKNOWN',
  /** The request is wrong, whatever the state of the service. */
  INVALID_ARGUMENT = 'INVALID_ARGUMENT',
  /** The time was over before there was an answer. */
  DEADLINE_EXCEEDED = 'DEADLINE_EXCEEDED',
  /** What was asked for is not there. */
  NOT_FOUND = 'NOT_FOUND',
  /** What was to be made is there already. */
  ALREADY_EXISTS = 'ALREADY_EXISTS',
  /** The caller is known, and may not do it. */
  PERMISSION_DENIED = 'PERMISSION_DENIED',
  /** A quota or a disk is full. */
  RESOURCE_EXHAUSTED = 'RESOURCE_EXHAUSTED',
  /** The state of the service does not allow it. */
  FAILED_PRECONDITION = 'FAILED_PRECONDITION',
  /** Somebody else was faster, as in a transaction. */
  ABORTED = 'ABORTED',
  /** It reaches past the end. */
  OUT_OF_RANGE = 'OUT_OF_RANGE',
  /** The service does not do that. */
  UNIMPLEMENTED = 'UNIMPLEMENTED',
  /** Something that always holds does not. */
  INTERNAL = 'INTERNAL',
  /** The service is away for the moment, and may be asked again. */
  UNAVAILABLE = 'UNAVAILABLE',
  /** Data is lost or spoilt. */
  DATA_LOSS = 'DATA_LOSS',
  /** The caller is not known. */
  UNAUTHENTICATED = 'UNAUTHENTICATED',
}

export const GRPC_STATUS = oneOf('GrpcStatus', GrpcStatus);
