import type { PartyFacts } from '../model/party';
import { MeshError } from '../support/mesh-error';
import { ServiceIdentity } from '../values/access/service-identity';
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

export function partyOf(owner: object, graph: MeshGraph): PartyFacts {
  const { [PARTY]: party } = owner as Taking;
  if (party) return party;
  if (owner instanceof ServiceIdentity) return identityParty(owner, graph);
  throw new MeshError({
    code: 'MESH009',
    at: owner.constructor.name,
    what: 'only what this library made can call or be called',
    got: owner.constructor.name,
    fix: 'pass a MeshedService, IngressGateway, ServiceIdentity, UnmeshedService or ExternalService; wrap other workloads with MeshedService.fromWorkload',
  });
}
