import type * as security from '../../../imports/security.istio.io';
import type { Closing } from '../../model/namespace-facts';

/** What closes a namespace: a policy that lets nobody in, so that others have to. Until the rest is refused it lets everybody in, beside all others. */
export function renderDenyAll(closing: Closing): security.AuthorizationPolicySpec {
  return { rules: rulesBesideGrants(closing) };
}

/** The rules of a policy that is to let nobody in. */
export function rulesBesideGrants({ stage }: Closing): security.AuthorizationPolicySpecRules[] | undefined {
  return stage === 'allow-known' ? [{}] : undefined;
}
