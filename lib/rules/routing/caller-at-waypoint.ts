import { partyText } from '../call-words';
import { rule } from '../rule';

export const callerAtWaypoint = rule({
  code: 'MESH321',
  level: 'error',
  title: 'a waypoint is to tell requests by who sends them',

  check(model, report) {
    for (const route of model.routes) {
      const asked = route.rules.filter(({ matches }) => matches.some(({ source }) => source));
      if (!route.atWaypoint || asked.length === 0) continue;
      report({
        on: route,
        message: `RequestMatch.sentBy stands in the route of ${partyText(route.service)}, which a waypoint follows: it leaves such matches out, and their requests go where all others go`,
        got: asked.map(({ name }) => name).join(', '),
        fix: "match by a header that the caller sends, or move the service's namespace to DataPlane.sidecar(), where each caller's own proxy routes",
      });
    }
  },
});
