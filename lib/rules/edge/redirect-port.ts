import type { RouteModel } from '../../model/mesh-model';
import type { RedirectFacts } from '../../model/route-features';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const redirectPort = rule({
  code: 'MESH410',
  level: 'warning',
  title: 'a redirect sends clients of a gateway to a port of the Service',

  check(model, report) {
    const routes = new Map(model.routes.map((route) => [route.service.key, route]));
    for (const exposure of model.exposures) {
      const route = routes.get(exposure.service.key);
      // A gateway that rewrites paths answers by itself.
      if (
        exposure.protocol !== 'http' ||
        !route?.atWaypoint ||
        exposure.rewrite?.path ||
        exposure.redirect ||
        !redirectsOf(route).some(keepsPort)
      )
        continue;
      report({
        on: exposure,
        message: `a redirect of ${partyText(exposure.service)} keeps the port of the request, and behind ${exposure.gateway.name} the waypoint makes it, where that is ${exposure.port}: clients of ${exposure.host} are sent to a port at which no gateway listens`,
        got: 'a redirect without scheme and port',
        fix: 'say the scheme that clients use, such as UrlScheme.HTTPS, whose own port is meant then; or say port',
      });
    }
  },
});

function redirectsOf({ redirect, rules }: RouteModel): RedirectFacts[] {
  return [redirect, ...rules.map((one) => one.redirect)].filter((said) => said !== undefined);
}

const keepsPort = ({ scheme, port }: RedirectFacts): boolean => scheme === undefined && port === undefined;
