import type { Construct } from 'constructs';
import type { MeshGraph } from '../../graph/mesh-graph';
import type { PartyFacts } from '../../model/party';
import { MeshError } from '../../support/mesh-error';

/**
 * Refuses to take one service for two: made by this program, and known as one of others. Grants for the second would be written at one end only.
 * What is called by another host, of another cluster for example, is another service.
 */
export function requireOneOwner(at: Construct, graph: MeshGraph, facts: PartyFacts): void {
  const { kind, name, namespaceName, host, owned } = facts;
  const isSame = (other: PartyFacts): boolean => other.kind === kind && other.name === name && other.host === host;
  const other = graph.partiesIn(namespaceName).find((each) => isSame(each) && each.owned !== owned);
  if (!other) return;
  throw new MeshError({
    code: 'MESH076',
    at,
    what: `${namespaceName}/${name} is either made by this program or by another one`,
    got: `the same service at ${other.path}`,
    fix: 'pass the MeshedService instead of MeshedService.fromAttributes or fromMesh',
  });
}
