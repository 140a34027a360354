import type { StageName } from '../../model/namespace-facts';
import { oneOf } from '../../support/options/kind';

/**
 * How far a namespace is on its way from open to closed. Each stage differs from the next by this word alone, and no call that arrived before is
 * refused until the last.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/
 */
export enum ZeroTrustStage {
  /**
   * Nothing is refused: grants and the default deny are policies with the annotation `istio.io/dry-run`, whose answers go into logs and metrics. There are
   * no NetworkPolicies, and plaintext is taken as it was. Refusals hold, and so do tokens, which have no dry-run.
   */
  OBSERVE = 'OBSERVE',
  /**
   * Grants are enforced in both layers, beside `deny-all` and `default-deny` that still let everything through, so that all proxies know every grant before
   * the rest is refused.
   */
  ALLOW_KNOWN = 'ALLOW_KNOWN',
  /** Whatever is not allowed is refused, and so is plaintext. */
  DENY_REST = 'DENY_REST',
}

export const ZERO_TRUST_STAGE = oneOf('ZeroTrustStage', ZeroTrustStage);

const NAMES: Readonly<Record<ZeroTrustStage, StageName | undefined>> = {
  [ZeroTrustStage.OBSERVE]: 'observe',
  [ZeroTrustStage.ALLOW_KNOWN]: 'allow-known',
  [ZeroTrustStage.DENY_REST]: undefined,
};

/** What is still to come; nothing at the last stage. */
export function stageOf(stage: ZeroTrustStage = ZeroTrustStage.DENY_REST): StageName | undefined {
  return NAMES[stage];
}
