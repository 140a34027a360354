import type { ProbeFacts } from '../../model/workload-spec';
import { type Kind, listOf, made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';
import { requireRequestPath } from '../../support/request-path';

/** Where a probe asks. */
export interface WorkloadProbeOptions {
  /**
   * Port of the container.
   * @default - the first port of the service
   */
  readonly port?: number;
}

/** Whom a probe by gRPC asks for. */
export interface GrpcProbeOptions extends WorkloadProbeOptions {
  /**
   * Name of the service in gRPC's health protocol.
   * @default - the server as a whole
   */
  readonly service?: string;
}

/**
 * How Kubernetes learns that a container is well.
 *
 * Expands into the readiness and liveness probes of the Deployment; in ambient mode the NetworkPolicy `infrastructure` lets them in.
 *
 * @example
 * import { MeshedService, MeshPort, WorkloadProbe } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.grpc(9090)],
 *   readiness: WorkloadProbe.http('/ready', { port: 8081 }),
 *   liveness: WorkloadProbe.tcp(),
 * });
 */
export class WorkloadProbe {
  /**
   * A connection can be made.
   * @param options Where to ask
   */
  public static tcp(options: WorkloadProbeOptions = {}): WorkloadProbe {
    return new WorkloadProbe({}, portOf(options, WORKLOAD_PROBE_OPTIONS));
  }

  /**
   * A GET is answered with a status from 200 to 399.
   * @param path Path to ask for
   * @param options Where to ask
   */
  public static http(path: string, options: WorkloadProbeOptions = {}): WorkloadProbe {
    requireArguments('WorkloadProbe', { path }, { path: TEXT });
    return new WorkloadProbe({ path: requireRequestPath('WorkloadProbe', path) }, portOf(options, WORKLOAD_PROBE_OPTIONS));
  }

  /**
   * The container says that it serves, by gRPC's health protocol.
   * @param options Where to ask, and for what
   * @see https://grpc.io/docs/guides/health-checking/
   */
  public static grpc(options: GrpcProbeOptions = {}): WorkloadProbe {
    const port = portOf(options, GRPC_PROBE_OPTIONS);
    return new WorkloadProbe({ grpc: options.service === undefined ? {} : { service: options.service } }, port);
  }

  /**
   * A command that runs in the container ends well: for pods without a port.
   * @param command The command
   * @param args Its arguments
   */
  public static exec(command: string, ...args: string[]): WorkloadProbe {
    requireArguments('WorkloadProbe', { command, args }, { command: TEXT, args: listOf(TEXT) });
    return new WorkloadProbe({ command: [command, ...args] });
  }

  /** @internal */
  public readonly _facts: ProbeFacts;

  private constructor(way: Omit<ProbeFacts, 'port'>, port?: number) {
    this._facts = { ...way, port };
  }
}

const WORKLOAD_PROBE_OPTIONS = struct<WorkloadProbeOptions>({ port: optional(NUMBER) });
const GRPC_PROBE_OPTIONS = struct<GrpcProbeOptions>({ port: optional(NUMBER), service: optional(TEXT) });

function portOf<Options extends WorkloadProbeOptions>(options: Options, kind: Kind<Options>): number | undefined {
  requireOptions('WorkloadProbe', options, kind);
  return options.port === undefined ? undefined : requirePort('WorkloadProbe', 'probe port', options.port);
}

export const WORKLOAD_PROBE = made(WorkloadProbe, 'WorkloadProbe', "WorkloadProbe.http('/healthy')", WORKLOAD_PROBE_OPTIONS);
