import type { ProbeFacts } from '../../model/workload-spec';
import { requireKnown } from '../../support/known';
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
    requireKnown('WorkloadProbe', options);
    return new WorkloadProbe(undefined, options);
  }

  /**
   * A GET is answered with a status from 200 to 399.
   * @param path Path to ask for
   * @param options Where to ask
   */
  public static http(path: string, options: WorkloadProbeOptions = {}): WorkloadProbe {
    requireKnown('WorkloadProbe', { path, ...options });
    return new WorkloadProbe(requireRequestPath('WorkloadProbe', path), options);
  }

  /** @internal */
  public readonly _facts: ProbeFacts;

  private constructor(path: string | undefined, options: WorkloadProbeOptions) {
    this._facts = { path, port: options.port === undefined ? undefined : requirePort('WorkloadProbe', 'probe port', options.port) };
  }
}
