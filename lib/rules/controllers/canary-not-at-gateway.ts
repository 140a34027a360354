import { rule } from '../rule';

const OR_ARGO = "; or use ReleaseController.argoRollouts({…}), which moves the gateway's route as well";

export const canaryNotAtGateway = rule({
  code: 'MESH342',
  level: 'warning',
  title: 'requests through a gateway never reach the version that Flagger tries out',

  check(model, report) {
    const released = new Map(model.routes.map((route) => [route.service.key, route]));
    for (const exposure of model.exposures) {
      const { gateway, service, host, pathPrefix } = exposure;
      const route = released.get(service.key);
      if (exposure.redirect || route?.controller !== 'flagger' || route.atWaypoint) continue;
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} reach the primary pods of ${service.name} alone: a gateway does not follow the routes that Flagger makes for the mesh`,
        got: 'an exposed service in sidecar mode with ReleaseController.flagger',
        fix: `move the service's namespace to DataPlane.ambient(), whose waypoint shares them out for gateways too${exposure.istioGateway ? '' : OR_ARGO}`,
      });
    }
  },
});
