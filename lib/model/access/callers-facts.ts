import type { DataPlaneMode } from '../namespace-facts';

/** Callers that a grant means together, with what they have in common. */
export type ManyCallers =
  | { readonly in: 'namespace'; readonly name: string; readonly mode?: DataPlaneMode }
  | { readonly in: 'trustDomain'; readonly name: string }
  | { readonly in: 'addresses'; readonly blocks: readonly string[] };
