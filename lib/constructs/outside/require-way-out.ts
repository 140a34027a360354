import type { Construct } from 'constructs';
import type { EgressFacts } from '../../model/outside/egress-facts';
import { isWildcard } from '../../planes/outside/external-protocols';
import { MeshError } from '../../support/mesh-error';
import type { EgressGateway } from './egress-gateway';

/** A gateway beside the host, whose name it can look up. */
export function requireWayOut(at: Construct, namespaceName: string, host: string, through: EgressGateway): EgressFacts {
  if (through.namespaceName !== namespaceName) {
    throw new MeshError({
      code: 'MESH812',
      at,
      what: 'a host behind an egress gateway is declared where the gateway is: its policies stand there',
      got: `${host} in ${namespaceName}, its gateway in ${through.namespaceName}`,
      fix: `declare the ExternalService inside ${through.namespaceName}; its callers may be anywhere`,
    });
  }
  if (!isWildcard(host)) return through._facts;
  throw new MeshError({
    code: 'MESH814',
    at,
    what: 'an egress gateway looks up the name of the host, which a wildcard has none of',
    got: host,
    fix: 'declare the hosts one by one',
  });
}
