import type { Enforcement, Hop } from '../model/hop';

/** Trust domain of the mesh, and those that mean the same identities while it moves. */
export interface TrustDomains {
  readonly trustDomain: string;
  readonly trustDomainAliases?: readonly string[];
}

/**
 * The same connection with every name by which its enforcer may know who comes. istiod writes the aliases into what it tells sidecars, waypoints and gateways, and
 * leaves what it tells ztunnel as it stands.
 */
export function underAliases(hop: Hop, domains: TrustDomains): Hop {
  const { enforcement } = hop;
  if (!enforcement || !('selector' in enforcement.attachment)) return hop;
  const aliases = aliasesOf(enforcement.principal, domains);
  const besidesAliases = enforcement.besides?.flatMap((one) => aliasesOf(one, domains)) ?? [];
  const excepted = enforcement.excepted?.flatMap((one) => [one, ...aliasesOf(one, domains)]);
  const said: Partial<Enforcement> = {
    ...(aliases.length > 0 && { aliases }),
    ...(besidesAliases.length > 0 && { besidesAliases }),
    ...(excepted && { excepted }),
  };
  return { ...hop, enforcement: { ...enforcement, ...said } };
}

// As istiod, which takes what names no namespace and account for no identity.
const PARTS = 5;

function aliasesOf(principal: string | undefined, { trustDomain, trustDomainAliases = [] }: TrustDomains): string[] {
  const own = `${trustDomain}/`;
  return principal?.startsWith(own) && principal.split('/').length === PARTS
    ? trustDomainAliases.map((alias) => `${alias}/${principal.slice(own.length)}`)
    : [];
}
