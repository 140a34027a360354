/** A `workload` has pods and nobody calls it: a job, or a worker. `callers` are many that a grant means together. */
export type PartyKind = 'service' | 'workload' | 'gateway' | 'identity' | 'external' | 'egress' | 'unmeshed' | 'anyone' | 'callers';
