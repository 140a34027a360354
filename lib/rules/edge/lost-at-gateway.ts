import { rule } from '../rule';

export const lostAtGateway = rule({
  code: 'MESH401',
  level: 'warning',
  title: 'part of the route does not apply to requests through a gateway',

  check(model, report) {
    for (const exposure of model.exposures) {
      const { gateway, service, lost, host, pathPrefix } = exposure;
      if (lost.length === 0) continue;
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} reach ${service.name} without ${lost.join(', ')}, which HTTPRoute cannot express`,
        got: lost.join(', '),
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint also serves the gateway; or use an Istio Gateway and a VirtualService bound to both mesh and gateway",
      });
    }
  },
});
