import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import { requireDottedName } from '../../support/object-names';

/** Other trust domains that mean the same identities, each once. */
export function requireAliases(at: Construct, trustDomain: string, aliases: readonly string[] = []): string[] {
  const named = aliases.map((alias) => requireDottedName(at, 'alias of the trust domain', alias));
  const again = named.find((alias, index) => alias === trustDomain || named.indexOf(alias) !== index);
  if (again === undefined) return named;
  throw new MeshError({
    code: 'MESH838',
    at,
    what: 'an alias is another trust domain than that of the mesh, and is named once',
    got: again === trustDomain ? `${again}, which is the trust domain itself` : `${again} twice`,
    fix: 'name in trustDomain where the mesh moves to, and in trustDomainAliases where it comes from',
  });
}
