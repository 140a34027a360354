import { rule } from '../rule';

export const alphaRoute = rule({
  code: 'MESH310',
  level: 'info',
  title: 'waypoint follows a VirtualService, which is alpha',

  check(model, report) {
    for (const route of model.routes) {
      if (!route.atWaypoint || route.router !== 'istio') continue;
      report({
        on: route,
        message: `the waypoint follows a VirtualService for ${route.service.name}, which Istio calls alpha`,
        got: route.routing ? 'asked for by routing' : 'chosen because HTTPRoute cannot express this route',
        fix: 'nothing, if alpha is good enough; without retries and faults the route can be an HTTPRoute',
      });
    }
  },
});
