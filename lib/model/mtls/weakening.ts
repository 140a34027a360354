import type { Declared } from '../declared';
import type { MtlsMode } from '../namespace-facts';

/** What somebody has said of mutual TLS, at whatever level. */
export interface MtlsFacts {
  readonly mode: MtlsMode;
  /** The last day of a migration, `2026-12-31`. */
  readonly until?: string;
  readonly reason?: string;
}

/** A level at which mutual TLS is not asked for, as it was said. */
export interface Weakening extends MtlsFacts, Declared {
  readonly level: 'mesh' | 'namespace' | 'workload' | 'port';
  readonly namespaceName: string;
  /** Key of the service whose pods it is about, at the lower levels. */
  readonly service?: string;
  /** Port of the Service. */
  readonly port?: number;
}
