import { rule } from '../rule';

export const faultInProduction = rule({
  code: 'MESH319',
  level: 'error',
  title: 'fault in production',

  check(model, report) {
    if (model.environment !== 'production') return;
    for (const { service, faults } of model.routes) {
      for (const said of faults.filter(({ inProduction }) => inProduction === undefined)) {
        report({
          on: said,
          message: `requests to ${service.name} are slow or fail on purpose, and Mesh says that this is production`,
          fix: 'declare it in another environment only; or, where people shall meet it, say why with inProduction',
        });
      }
    }
  },
});
