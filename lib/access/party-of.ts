import type { Party } from '../model/party';
import { MeshError } from '../support/mesh-error';
import { ServiceIdentity } from '../values/service-identity';
import { identityParty } from './identity-party';
import type { MeshRegistry } from './mesh-registry';

type PartySource = (registry: MeshRegistry) => Party;

const sources = new WeakMap<object, PartySource>();

/** Says who a construct or a value is in the graph of calls. A trait, so that public types stay free of it. */
export function setParty(owner: object, source: PartySource): void {
  sources.set(owner, source);
}

export function partyOf(owner: object, registry: MeshRegistry): Party {
  const source = sources.get(owner);
  if (source) return source(registry);
  if (owner instanceof ServiceIdentity) return identityParty(owner, registry);
  throw new MeshError({
    code: 'MESH009',
    at: owner.constructor.name,
    what: 'only what this library made can call or be called',
    got: owner.constructor.name,
    fix: 'pass a MeshedService, IngressGateway, ServiceIdentity, UnmeshedService or ExternalService; wrap other workloads with MeshedService.fromWorkload',
  });
}

export function hasParty(owner: object): boolean {
  return sources.has(owner);
}
