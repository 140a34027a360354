import type { BackendFacts } from '../infrastructure-facts';

/** Somebody who gets traces or logs, as the mesh configuration has it. */
export interface ProviderFacts {
  readonly name: string;
  /** The entry of `extensionProviders`, without its name. */
  readonly entry: Readonly<Record<string, object>>;
  /** Whom proxies connect to for it; absent where they do not. */
  readonly backend?: BackendFacts;
}
