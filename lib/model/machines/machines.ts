import type { ProbeFacts } from '../workload-spec';

/** One machine, by its address. */
export interface MachineFacts {
  readonly address: string;
  readonly network?: string;
  readonly locality?: string;
  readonly weight?: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Machines of one name. */
export interface MachinesFacts {
  /** Those that somebody has named; the others register themselves. */
  readonly named: readonly MachineFacts[];
  readonly version: string;
  readonly network?: string;
  readonly readiness?: ProbeFacts & { readonly port: number };
}
