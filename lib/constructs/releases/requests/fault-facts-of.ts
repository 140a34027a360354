import type { Construct } from 'constructs';
import type { Port } from '../../../model/port';
import { speaksGrpc } from '../../../model/retry-safety';
import type { FaultFacts } from '../../../model/route-features';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import type { FaultAbort, FaultDelay } from '../../../values/traffic/fault';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { percentageOf } from '../../routes/percentage-of';

/** What goes wrong, as it goes into the service's route table. */
export function faultFactsOf(at: Construct, ports: readonly Port[], delay?: FaultDelay, abort?: FaultAbort): FaultFacts {
  if (!delay && !abort) refuse(at, 'MESH086', 'a fault delays requests or aborts them', 'neither', 'set delay, abort or both');
  if (!ports.some((port) => port.readsHttp))
    refuse(
      at,
      'MESH090',
      'a fault is made by a proxy that reads HTTP',
      'a service without an HTTP port',
      'declare a port that speaks HTTP with MeshPort.http, http2 or grpc; to see who bears it when another service is away, scale that down',
    );
  return {
    delay: delay && { ms: requireMilliseconds(at, 'delay', delay.duration), percentage: percentageOf(at, 'delay', delay.percentage) },
    abort: abort && abortOf(at, ports, abort),
  };
}

function abortOf(at: Construct, ports: readonly Port[], abort: FaultAbort): NonNullable<FaultFacts['abort']> {
  const { status, grpcStatus } = abort;
  if ((status === undefined) === (grpcStatus === undefined)) {
    const got = status === undefined ? 'neither status nor grpcStatus' : `status ${status} and grpcStatus ${grpcStatus}`;
    refuse(at, 'MESH087', 'an abort answers with one status', got, 'set status for HTTP, or grpcStatus for gRPC');
  }
  if (grpcStatus !== undefined && !ports.some(speaksGrpc))
    refuse(
      at,
      'MESH089',
      'a gRPC status is an answer to gRPC requests',
      `grpcStatus ${grpcStatus} for a service without a gRPC port`,
      'set status, an HTTP one; or declare the port with MeshPort.grpc',
    );
  // Envoy refuses the whole configuration of a proxy for a status out of these bounds.
  const httpStatus = status === undefined ? undefined : requireCount(at, 'status of an abort', status, 200, 599);
  return { httpStatus, grpcStatus, percentage: percentageOf(at, 'abort', abort.percentage) };
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
