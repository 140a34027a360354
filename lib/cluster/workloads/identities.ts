import { TRUST_DOMAIN } from '../../istio/defaults';
import type { MeshSettings } from '../cluster';

type Trust = Pick<MeshSettings, 'trustDomain'>;

/** SPIFFE identity of an account without its scheme, as policies write it. */
export function principalOf({ trustDomain }: Trust, namespaceName: string, serviceAccountName: string): string {
  return `${trustDomain}/ns/${namespaceName}/sa/${serviceAccountName}`;
}

/** How an account is named across namespaces, as in `source.serviceAccounts`. */
export function accountKey(namespaceName: string, name: string): string {
  return `${namespaceName}/${name}`;
}

/** The account of a principal such as `cluster.local/ns/shop/sa/cart`; absent for patterns and for other trust domains. */
export function accountOfPrincipal(
  { trustDomain, trustDomainAliases = [] }: Trust & Partial<Pick<MeshSettings, 'trustDomainAliases'>>,
  principal: string,
): string | undefined {
  const [, domain, namespaceName, name] = /^([^/]*)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
  // Istio reads its default domain as the mesh's own, whatever that is called.
  return [trustDomain, ...trustDomainAliases, '*', TRUST_DOMAIN].includes(domain) ? accountKey(namespaceName, name) : undefined;
}
