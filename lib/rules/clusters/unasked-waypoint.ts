import type { ServiceModel } from '../../model/mesh-model';
import { isBefore } from '../../support/versions/version-order';
import { partyText } from '../call-words';
import { rule } from '../rule';

/** The first version in which what comes from another network passes the waypoint of a service. */
const FIRST = '1.31.0';

export const unaskedWaypoint = rule({
  code: 'MESH611',
  level: 'error',
  title: 'service of several networks whose waypoint is passed by',

  check({ istioVersion, cluster, otherClusters = [], services }, report) {
    if (istioVersion === undefined || !isBefore(istioVersion, FIRST)) return;
    if (!otherClusters.some(({ network }) => network !== cluster?.network)) return;
    for (const service of services.filter(isGuarded)) {
      report({
        on: service,
        message: `${partyText(service)} has pods in several networks, and what comes in from another one goes past ${service.waypoint!.name} before Istio ${FIRST}: its policies and routes are not asked`,
        got: `Istio ${istioVersion}`,
        fix: `move to Istio ${FIRST} or later, or say serviceScope: ServiceScope.LOCAL`,
      });
    }
  },
});

const isGuarded = ({ scope, waypoint, guardedNames = [] }: ServiceModel): boolean =>
  scope === 'GLOBAL' && waypoint !== undefined && guardedNames.length > 0;
