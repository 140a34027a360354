import { rule } from '../rule';

export const lostToFlagger = rule({
  code: 'MESH343',
  level: 'error',
  title: 'part of a route that Flagger has no words for',

  check(model, report) {
    for (const route of model.routes) {
      const { service, lostToController: lost } = route;
      if (lost.length === 0) continue;
      report({
        on: route,
        message: `requests to ${service.name} go without ${lost.join(', ')}: Flagger makes its routes, and its Canary has no words for that`,
        got: lost.join(', '),
        fix: `drop it, or use ReleaseController.argoRollouts({…}), which leaves the routes to this program`,
      });
    }
  },
});
