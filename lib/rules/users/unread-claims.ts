import { namespaceOf } from '../../cluster/objects/manifest-object';
import { claimsAsked } from '../../model/matches/claim-test';
import type { ExposureModel, MeshModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const unreadClaims = rule({
  code: 'MESH283',
  level: 'error',
  title: 'a route by a claim that its proxy has not read',

  check(model, report) {
    for (const route of model.routes) {
      const claims = claimsAsked(route.rules.flatMap(({ matches }) => matches));
      if (claims.length === 0) continue;
      report({
        on: route,
        message: `the route of ${partyText(route.service)} asks for claims, which Istio takes in routes of gateways alone: sidecars look at no token of what they send, and what a waypoint would follow Istio's webhook refuses`,
        got: claims.join(', '),
        fix: 'say the match where a gateway with istioPods exposes the service, beside usersAtGateway; or give the issuer claimHeaders, and match by that header behind whoever writes it',
      });
    }
    for (const exposure of model.exposures.filter((one) => !hasCheckedTokens(model, one))) {
      const claims = claimsAsked(exposure.matches ?? []);
      if (claims.length === 0) continue;
      report({
        on: exposure,
        message: `${partyText(exposure.gateway)} routes by claims ${claims.join(', ')} to ${partyText(exposure.service)}, and asks nobody for a token: no request has such a claim`,
        got: claims.join(', '),
        fix: 'say usersAtGateway where it is exposed, with the issuer of these tokens; optional: true lets others in without one',
      });
    }
  },
});

// What a gateway of another program checks, that program knows.
function hasCheckedTokens(model: MeshModel, { gateway }: ExposureModel): boolean {
  return (
    !gateway.owned ||
    model.exposures.some((one) => one.gateway.key === gateway.key && one.users) ||
    hasRawCheck(model, gateway.namespaceName)
  );
}

// What somebody wrote beside may be for these pods.
function hasRawCheck(model: MeshModel, namespaceName: string): boolean {
  return model.objects.some(
    (object) => object.kind === 'RequestAuthentication' && isRaw({ object }) && namespaceOf(object) === namespaceName,
  );
}
