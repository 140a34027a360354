import { rule } from '../rule';

export const lostAtGateway = rule({
  code: 'MESH401',
  level: 'warning',
  title: 'requests through a gateway lose part of the route',

  check(model, report) {
    for (const exposure of model.exposures) {
      const { gateway, service, lost, host, pathPrefix } = exposure;
      if (lost.length === 0) continue;
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} reach ${service.name} without ${lost.join(', ')}: HTTPRoute has no words for it`,
        got: lost.join(', '),
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint serves the gateway too; or use an Istio Gateway and a VirtualService bound to mesh and gateway",
      });
    }
  },
});
