import { rule } from '../rule';

const ROUTERS = {
  istio: { name: 'VirtualService', other: 'Routing.gatewayApi()' },
  'gateway-api': { name: 'HTTPRoute', other: 'Routing.istio()' },
};

export const wrongRouter = rule({
  code: 'MESH309',
  level: 'error',
  title: 'router lacks words for the route',

  check(model, report) {
    for (const route of model.routes) {
      if (!route.routing || route.lacks.length === 0) continue;
      const { name, other } = ROUTERS[route.routing];
      report({
        on: route,
        message: `${name} was asked for by name and cannot express all of the route of ${route.service.name}`,
        got: route.lacks.join(', '),
        fix: `use ${other}, or drop routing and let the data plane choose`,
      });
    }
  },
});
