import { NETWORKING } from '../../istio/api-groups';
import { listOf, numberOf } from '../../cluster/objects/fields';
import { fieldPaths, VIRTUAL_ROUTES } from '../comparison';
import { rawRoutes } from '../raw-routes';
import { rule } from '../rule';

const TOTAL = 100;

export const noPercentages = rule({
  code: 'MESH291',
  level: 'warning',
  title: 'weights that are no percentages',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(VIRTUAL_ROUTES, ['weight']), made: false }],

  check(model, report) {
    for (const { object, title, route } of rawRoutes(model)) {
      const weights = listOf(route.route).map(({ weight }) => numberOf(weight) ?? 0);
      const sum = weights.reduce((all, weight) => all + weight, 0);
      // Without any weight one destination takes everything, as meant, and of several Istio refuses that.
      if (sum === TOTAL || sum === 0) continue;
      report({ on: object, message: `the weights of ${title} ${harmOf(weights, sum)}`, got: weights.join(' + '), fix: fixOf(weights) });
    }
  },
});

function harmOf(weights: readonly number[], sum: number): string {
  if (weights.length === 1) return 'have no effect: its only destination receives all requests';
  const shares = weights.map((weight) => `${Number(((TOTAL * weight) / sum).toFixed(1))} %`);
  return `add up to ${sum}: Istio takes them as proportions, so that destinations receive ${shares.join(', ')}`;
}

function fixOf(weights: readonly number[]): string {
  return weights.length === 1
    ? 'leave the weight out, or write the other destinations'
    : 'write percentages, which add up to 100, if these shares are not meant';
}
