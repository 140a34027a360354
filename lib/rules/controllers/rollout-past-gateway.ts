import { rule } from '../rule';

export const rolloutPastGateway = rule({
  code: 'MESH327',
  level: 'warning',
  title: 'a Rollout moves no weights at a Gateway of Istio',

  check(model, report) {
    const released = new Map(model.routes.map((route) => [route.service.key, route]));
    for (const exposure of model.exposures.filter(({ istioGateway, redirect }) => istioGateway && !redirect)) {
      const { gateway, service, host, pathPrefix } = exposure;
      const route = released.get(service.key);
      if (route?.controller !== 'argo-rollouts' || route.atWaypoint) continue;
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} stay with the stable version of ${service.name}: its Rollout moves weights in the route for the mesh, and the VirtualService of the gateway is another`,
        got: 'a service in sidecar mode with ReleaseController.argoRollouts, exposed by a gateway with istioPods',
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint shares them out for gateways too; or leave istioPods out, for a Rollout moves the weights of HTTPRoutes as well",
      });
    }
  },
});
