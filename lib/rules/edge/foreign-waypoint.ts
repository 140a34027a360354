import { INGRESS_USE_WAYPOINT } from '../../istio/labels';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const foreignWaypoint = rule({
  code: 'MESH404',
  level: 'info',
  title: 'the owner of the service must lead gateways through its waypoint',

  check(model, report) {
    for (const exposure of model.exposures) {
      const { gateway, service, redirect } = exposure;
      const { waypoint } = service.namespace;
      if (redirect || service.owned || !waypoint) continue;
      report({
        on: exposure,
        message: `${partyText(service)} is made elsewhere, and without a label of its Service requests from ${gateway.name} pass by its waypoint, which alone its pods let in`,
        fix: `at the other end: label Service ${partyText(service)} with ${INGRESS_USE_WAYPOINT}: "true"`,
      });
    }
  },
});
