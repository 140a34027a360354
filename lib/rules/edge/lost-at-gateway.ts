import { rule } from '../rule';

const RETRIES = 'retries';

const INSTEAD = {
  '1.6': "; Istio's own two retries stand in their place",
  '1.7': ' as a whole: it says how many, on which statuses and how long each may take, and Istio adds conditions of its own',
} as const;

export const lostAtGateway = rule({
  code: 'MESH401',
  level: 'warning',
  title: 'part of the route does not apply to requests through a gateway',

  check(model, report) {
    const unretried = new Set(model.routes.filter(({ retries }) => retries?.attempts === 0).map(({ service }) => service.key));
    for (const exposure of model.exposures) {
      const { gateway, service, host, pathPrefix } = exposure;
      // That a gateway retries what nobody wants to be retried is told by another rule.
      const lost = exposure.lost.filter((part) => part !== RETRIES || !unretried.has(service.key));
      if (lost.length === 0) continue;
      const instead = lost.includes(RETRIES) ? INSTEAD[model.gatewayApi ?? '1.6'] : '';
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} reach ${service.name} without ${lost.join(', ')}, which HTTPRoute cannot express${instead}`,
        got: lost.join(', '),
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint also serves the gateway; or use an Istio Gateway and a VirtualService bound to both mesh and gateway",
      });
    }
  },
});
