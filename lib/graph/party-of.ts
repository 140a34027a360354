import type { IConstruct } from 'constructs';
import type { PartyKind } from '../model/access/party-kind';
import type { PartyFacts } from '../model/party';
import { MeshError } from '../support/mesh-error';
import { quoted } from '../support/options/described';
import type { Kind } from '../support/options/kind';
import type { ICallee } from '../values/access/callee';
import type { ICaller } from '../values/access/caller';
import { Callers, CALLERS } from '../values/access/callers';
import { ServiceIdentity } from '../values/access/service-identity';
import { callersParty } from './grants/callers-party';
import { identityParty } from './identity-party';
import type { MeshGraph } from './mesh-graph';

const PARTY = Symbol.for('istio-constructs.Party');

interface Taking {
  readonly [PARTY]?: PartyFacts;
}

/** Says who a construct or a value is in the graph of calls. A trait, so that public types stay free of it. */
export function setParty<Facts extends PartyFacts>(owner: object, party: Facts): Facts {
  Object.defineProperty(owner, PARTY, { value: party });
  return party;
}

/** Who has an identity by which a policy can know it. */
export const CALLER: Kind<ICaller> = {
  wanted: 'one who may call',
  example: 'a MeshedService, an IngressGateway, ServiceIdentity.of(…) or Callers.ofNamespace(…)',
  isOne: (value) => value instanceof ServiceIdentity || CALLERS.isOne(value) || isPartyOf(['service', 'workload', 'gateway'], value),
};

/** Who has a name under which it is called. */
export const CALLEE: Kind<ICallee> = {
  wanted: 'one who may be called',
  example: 'a MeshedService, an UnmeshedService or an ExternalService',
  isOne: (value) => isPartyOf(['service', 'unmeshed', 'external'], value),
};

/** Whether something is one who calls or is called, of some kinds. */
export function isPartyOf(kinds: readonly PartyKind[], value: unknown): boolean {
  const party = (value as Taking | null | undefined)?.[PARTY];
  return party !== undefined && kinds.includes(party.kind);
}

/** Who one end of a call is, said at a construct. */
export function partyOf(at: IConstruct, owner: unknown, graph: MeshGraph): PartyFacts {
  const party = (owner as Taking | null | undefined)?.[PARTY];
  if (party) return party;
  if (owner instanceof ServiceIdentity) return identityParty(at, owner, graph);
  if (CALLERS.isOne(owner)) return callersParty(owner as Callers, graph);
  throw new MeshError({
    code: 'MESH009',
    at,
    what: 'only what this library made can call or be called',
    got: quoted(owner),
    fix: 'pass a MeshedService, IngressGateway, ServiceIdentity, UnmeshedService or ExternalService, or Callers.ofNamespace(name) for all of a namespace; wrap other workloads with MeshedService.fromWorkload',
  });
}
