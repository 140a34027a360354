import { rule } from '../rule';

const ROUTERS = {
  istio: { name: 'VirtualService', other: 'Routing.gatewayApi()' },
  'gateway-api': { name: 'HTTPRoute', other: 'Routing.istio()' },
};

export const wrongRouter = rule({
  code: 'MESH309',
  level: 'error',
  title: 'chosen routing API cannot express the route',

  check(model, report) {
    for (const route of model.routes) {
      if (!route.routing || route.lacks.length === 0) continue;
      const { name, other } = ROUTERS[route.routing];
      report({
        on: route,
        message: `routing asks for ${name}, which cannot express the whole route of ${route.service.name}`,
        got: route.lacks.join(', '),
        fix: `use ${other}, or leave routing out and let the data plane choose`,
      });
    }
  },
});
