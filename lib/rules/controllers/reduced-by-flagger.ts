import { rule } from '../rule';

export const reducedByFlagger = rule({
  code: 'MESH344',
  level: 'warning',
  title: 'retries of which Flagger keeps what holds for all methods',

  check(model, report) {
    for (const route of model.routes) {
      const { service, reducedByController: reduced } = route;
      if (reduced.length === 0) continue;
      report({
        on: route,
        message: `the ${reduced.join(', ')} of ${service.name} are kept as far as requests of every method bear them: Flagger makes one route for all methods`,
        got: reduced.join(', '),
        fix: 'set idempotent: true if every request may be repeated, or choose conditions under which nothing was processed; ReleaseController.argoRollouts({…}) keeps a route for each',
      });
    }
  },
});
