import type { ProbeFacts } from '../../model/workload-spec';
import { made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
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
    return new WorkloadProbe(undefined, options);
  }

  /**
   * A GET is answered with a status from 200 to 399.
   * @param path Path to ask for
   * @param options Where to ask
   */
  public static http(path: string, options: WorkloadProbeOptions = {}): WorkloadProbe {
    requireArguments('WorkloadProbe', { path }, { path: TEXT });
    return new WorkloadProbe(requireRequestPath('WorkloadProbe', path), options);
  }

  /** @internal */
  public readonly _facts: ProbeFacts;

  private constructor(path: string | undefined, options: WorkloadProbeOptions) {
    requireOptions('WorkloadProbe', options, WORKLOAD_PROBE_OPTIONS);
    this._facts = { path, port: options.port === undefined ? undefined : requirePort('WorkloadProbe', 'probe port', options.port) };
  }
}

const WORKLOAD_PROBE_OPTIONS = struct<WorkloadProbeOptions>({ port: optional(NUMBER) });

export const WORKLOAD_PROBE = made(WorkloadProbe, 'WorkloadProbe', "WorkloadProbe.http('/healthy')", WORKLOAD_PROBE_OPTIONS);
