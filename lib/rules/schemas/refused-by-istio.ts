import { NETWORKING, SECURITY } from '../../istio/api-groups';
import { groupKindOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject } from '../../model/mesh-model';
import { described } from '../../support/options/described';
import { type Report, rule } from '../rule';
import type { Check } from './checks/complaint';
import { DESTINATION_RULE_CHECKS } from './checks/destination-rule-checks';
import { HTTP_ROUTE_CHECKS } from './checks/http-route-checks';
import { AUTHORIZATION_POLICY_CHECKS, PEER_AUTHENTICATION_CHECKS, REQUEST_AUTHENTICATION_CHECKS } from './checks/policy-checks';
import { GATEWAY_CHECKS, SIDECAR_CHECKS, VIRTUAL_SERVICE_CHECKS } from './checks/route-checks';
import { SERVICE_ENTRY_CHECKS } from './checks/service-entry-checks';
import { refusalsIn } from './demands/demand-tree';
import { demandsOf } from './demands/of-kinds';
import { fieldText } from './demands/places';

const REFUSED = "Istio's webhook refuses it";

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  [`${NETWORKING}/ServiceEntry`]: SERVICE_ENTRY_CHECKS,
  [`${NETWORKING}/DestinationRule`]: DESTINATION_RULE_CHECKS,
  [`${NETWORKING}/VirtualService`]: [...VIRTUAL_SERVICE_CHECKS, ...HTTP_ROUTE_CHECKS],
  [`${NETWORKING}/Gateway`]: GATEWAY_CHECKS,
  [`${NETWORKING}/Sidecar`]: SIDECAR_CHECKS,
  [`${SECURITY}/AuthorizationPolicy`]: AUTHORIZATION_POLICY_CHECKS,
  [`${SECURITY}/PeerAuthentication`]: PEER_AUTHENTICATION_CHECKS,
  [`${SECURITY}/RequestAuthentication`]: REQUEST_AUTHENTICATION_CHECKS,
};

export const refusedByIstio = rule({
  code: 'MESH125',
  level: 'error',
  title: "object that Istio's webhook refuses",
  compares: [
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec ports', 'spec resolution', 'spec addresses', 'spec hosts'], made: false },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec trafficPolicy outlierDetection', 'spec subsets name'], made: false },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways', 'spec http'], made: false },
    { kinds: [`${NETWORKING}/Gateway`], fields: ['spec servers port protocol'], made: false },
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec action', 'spec provider', 'spec rules', 'spec selector'], made: false },
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec selector', 'spec portLevelMtls'], made: false },
    { kinds: [`${SECURITY}/RequestAuthentication`], fields: ['spec jwtRules', 'spec selector'], made: false },
  ],

  check(model, report) {
    for (const object of model.objects.filter(({ made, patched }) => !made || patched)) {
      for (const check of CHECKS[groupKindOf(object)] ?? []) runCheck(object, check, report);
      runDemands(object, report);
    }
  },
});

function runCheck(object: ManifestObject, { fails, where, what, fix }: Check, report: Report): void {
  const spec = specOf(object);
  if (fails(spec)) report({ on: object, field: where?.(spec), message: `${nameOf(object)} ${what}: ${REFUSED}`, fix });
}

function runDemands(object: ManifestObject, report: Report): void {
  const tree = demandsOf(groupKindOf(object));
  if (!tree) return;
  // Without a spec nothing is said, as by an empty one.
  const manifest = { ...object.manifest, spec: specOf(object) };
  for (const { demand, place } of refusalsIn(manifest, tree)) {
    report({
      on: object,
      field: place.field,
      message: `${nameOf(object)}: ${fieldText(place.field)} ${demand.what}: ${REFUSED}`,
      got: described(place.value),
      fix: demand.fix,
    });
  }
}
