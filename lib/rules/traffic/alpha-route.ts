import { rule } from '../rule';

export const alphaRoute = rule({
  code: 'MESH310',
  level: 'info',
  title: 'VirtualService at a waypoint',

  check(model, report) {
    for (const route of model.routes) {
      if (!route.atWaypoint || route.router !== 'istio') continue;
      report({
        on: route,
        message: `the waypoint obeys a VirtualService for ${route.service.name}, which Istio calls alpha`,
        got: route.routing ? 'asked for by name' : 'chosen because HTTPRoute lacks words for this route',
        fix: 'nothing, if that is good enough; without retries and faults the route can be an HTTPRoute',
      });
    }
  },
});
