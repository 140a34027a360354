import type { IConstruct } from 'constructs';
import { claimsAsked } from '../../../model/matches/claim-test';
import type { RouteMatch } from '../../../model/route';
import { MeshError } from '../../../support/mesh-error';

/** Of gateways, those of Istio's own API route by claims: HTTPRoute has no words for one. */
export function requireClaimsRead(at: IConstruct, matches: readonly RouteMatch[] = [], hasIstioRoutes: boolean): void {
  const [claim] = hasIstioRoutes ? [] : claimsAsked(matches);
  if (claim === undefined) return;
  throw new MeshError({
    code: 'MESH883',
    at,
    what: 'a gateway of the Gateway API routes by what HTTPRoute has words for, and claims of a token are none of it',
    got: `RequestMatch.claim of ${claim}`,
    fix: 'give the gateway `istioPods`, so that its routes are VirtualServices; or give the issuer claimHeaders, and have the service tell its users apart',
  });
}
