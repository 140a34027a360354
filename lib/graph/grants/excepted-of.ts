import type { IConstruct } from 'constructs';
import type { Excepted } from '../../model/access/condition-facts';
import { MeshError } from '../../support/mesh-error';
import { listOf } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { sortedBy } from '../../support/ordering';
import type { ICaller } from '../../values/access/caller';
import type { MeshGraph } from '../mesh-graph';
import { CALLER, partyOf } from '../party-of';

/** Who of all callers is not meant by a refusal. */
export function exceptedOf(at: IConstruct, graph: MeshGraph, exempt: ICaller[] | undefined): readonly Excepted[] | undefined {
  if (exempt === undefined) return undefined;
  requireArguments(at, { exempt }, { exempt: listOf(CALLER) });
  if (exempt.length === 0) refuse(at, 'exempt: []');
  const parties = exempt.map((caller) => partyOf(at, caller, graph));
  const named = parties.map(({ name, namespaceName, kind, principal }) => ({
    name: kind === 'callers' || name.includes('/') ? name : `${namespaceName}/${name}`,
    principal: principal ?? refuse(at, `${name}, whom no identity tells`),
  }));
  return sortedBy(new Map(named.map((one) => [one.principal, one])).values(), ({ principal }) => principal);
}

function refuse(at: IConstruct, got: string): never {
  throw new MeshError({
    code: 'MESH876',
    at,
    what: 'an exception names callers that an identity tells',
    got,
    fix: 'name a service, a ServiceIdentity or Callers.ofNamespace; or leave exempt out',
  });
}
