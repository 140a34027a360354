import { NETWORKING } from '../../istio/api-groups';
import { rule } from '../rule';

export const neverLeftOut = rule({
  code: 'MESH324',
  level: 'warning',
  title: 'circuit breaker that leaves out no pod',
  compares: [{ kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec trafficPolicy outlierDetection maxEjectionPercent'] }],

  check(model, report) {
    for (const { service, circuitBreaker, path, site } of model.routes) {
      const { maxEjectionPercent: most, pods } = circuitBreaker ?? {};
      if (most === undefined || pods === undefined || 100 / pods <= most) continue;
      const least = Math.ceil(100 / pods);
      report({
        on: { path, site },
        message: `${most} % of the ${pods === 1 ? 'one pod' : `${pods} pods`} of ${service.name} is less than one pod, so none is ever left out`,
        got: `maxEjectionPercent: ${most}`,
        fix: `set maxEjectionPercent to at least ${least}, or leave it out: it is then as much as lets one pod go`,
      });
    }
  },
});
