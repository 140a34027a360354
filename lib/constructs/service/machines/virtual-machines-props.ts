import type { Duration } from 'cdk8s';
import { listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { CIRCUIT_BREAKER, type CircuitBreaker } from '../../../values/traffic/circuit-breaker';
import { DURATION } from '../../../values/traffic/duration';
import { LOAD_BALANCING, type LoadBalancing } from '../../../values/traffic/load-balancing';
import { RETRY_POLICY, type RetryPolicy } from '../../../values/traffic/retry-policy';
import { MESH_PORT, type MeshPort } from '../../../values/workload/mesh-port';
import { VIRTUAL_MACHINE, type VirtualMachine } from '../../../values/workload/virtual-machine';
import { WORKLOAD_PROBE, type WorkloadProbe } from '../../../values/workload/workload-probe';

/** Machines beside the cluster, and how they are called. */
export interface VirtualMachinesProps {
  /** Ports of the Service; `targetPort` is what the machines listen on. */
  readonly ports: MeshPort[];

  /**
   * The machines, one by one. Give either this or `cidrs`.
   * @default - they register themselves
   */
  readonly machines?: VirtualMachine[];

  /**
   * Blocks of addresses, or single ones, in which the machines are that register themselves. The network layer opens these alone. Give either this or `machines`.
   * @default - the machines are named one by one
   */
  readonly cidrs?: string[];

  /**
   * Name of the Service, of the WorkloadGroup, of the ServiceAccount and of the `app` label.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Version of what runs there, the `version` label.
   * @default v1
   */
  readonly version?: string;

  /**
   * Network that they are in, where pods do not reach them by their addresses, or they do not reach those of pods.
   * @default - that of the cluster
   */
  readonly network?: string;

  /**
   * What the agent on a machine asks before it takes requests, every ten seconds; for machines that register themselves.
   * @default - it takes requests as long as it is connected
   */
  readonly readiness?: WorkloadProbe;

  /**
   * How long a request may take, with all its retries.
   * @default - no limit, as Istio has it
   */
  readonly timeout?: Duration;

  /**
   * When and how often failed requests are sent again.
   * @default - Istio's own: two retries of what could not be sent or was refused
   */
  readonly retries?: RetryPolicy;

  /**
   * How much a caller may load the machines, and when a failing one is left alone.
   * @default - no limits
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * Which machine gets a request.
   * @default - Istio's own: of two machines by chance the one with fewer requests under way
   */
  readonly loadBalancing?: LoadBalancing;
}

export const VIRTUAL_MACHINES_PROPS = struct<VirtualMachinesProps>({
  ports: listOf(MESH_PORT),
  machines: optional(listOf(VIRTUAL_MACHINE)),
  cidrs: optional(listOf(TEXT)),
  name: optional(TEXT),
  version: optional(TEXT),
  network: optional(TEXT),
  readiness: optional(WORKLOAD_PROBE),
  timeout: optional(DURATION),
  retries: optional(RETRY_POLICY),
  circuitBreaker: optional(CIRCUIT_BREAKER),
  loadBalancing: optional(LOAD_BALANCING),
});
