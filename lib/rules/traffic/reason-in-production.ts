import { rule } from '../rule';

export const reasonInProduction = rule({
  code: 'MESH320',
  level: 'info',
  title: 'fault that may hold in production',

  check(model, report) {
    if (model.environment !== 'production') return;
    for (const { service, faults } of model.routes) {
      for (const said of faults.filter(({ inProduction }) => inProduction !== undefined)) {
        report({
          on: said,
          message: `requests to ${service.name} are slow or fail on purpose, in production, and the program says why`,
          got: said.inProduction,
          fix: 'take the FaultInjection out when the reason is over',
        });
      }
    }
  },
});
