import type { Declared } from '../declared';

/** A team, its namespaces, and what it may speak for besides their Services. */
export interface TenantFacts extends Declared {
  readonly name: string;
  readonly namespaces: readonly string[];
  /** Names, and `*.` before a name for all below it. */
  readonly hosts: readonly string[];
  /** Gateways of others that its routes may attach to, as `namespace/name`. */
  readonly gateways: readonly string[];
  /** Blocks of the addresses outside that it may give names to. */
  readonly addresses: readonly string[];
}
