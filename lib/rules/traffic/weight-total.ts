import { NETWORKING } from '../../istio/api-groups';
import type { Declared } from '../../model/declared';
import type { RouteModel } from '../../model/mesh-model';
import type { RouteRule } from '../../model/route';
import { listOf, numberOf } from '../../cluster/objects/fields';
import { rawRoutes } from '../raw-routes';
import { fieldPaths, VIRTUAL_ROUTES } from '../comparison';
import { type Discovery, rule } from '../rule';

const TOTAL = 100;

export const weightTotal = rule({
  code: 'MESH302',
  level: 'error',
  title: 'weights do not add up to 100',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(VIRTUAL_ROUTES, ['weight']) }],

  check(model, report) {
    for (const { object, title, route } of rawRoutes(model)) {
      const weights = listOf(route.route).map(({ weight }) => numberOf(weight) ?? 0);
      if (weights.length > 1 && sumOf(weights) === 0) report(discovery(object, title, weights));
    }
    for (const { route, rule: split } of model.routes.flatMap(splitsOf)) {
      const weights = split.backends.map(({ weight }) => weight);
      if (weights.length > 1 && sumOf(weights) !== TOTAL) report(discovery(route, `${split.name} of ${route.service.name}`, weights));
    }
  },
});

// Where statements contradict each other, that is told instead.
function splitsOf(route: RouteModel): Array<{ route: RouteModel; rule: RouteRule }> {
  if (route.conflicts.length > 0) return [];
  return route.rules.map((each) => ({ route, rule: each }));
}

function discovery(on: Declared, title: string, weights: readonly number[]): Discovery {
  return {
    on,
    message: `the weights of ${title} ${harmOf(weights)}`,
    got: weights.join(' + '),
    fix: 'write percentages: the weights of one route add up to 100',
  };
}

function harmOf(weights: readonly number[]): string {
  const sum = sumOf(weights);
  return sum === 0 ? 'are all 0, which Istio rejects' : `add up to ${sum}, so they are not the percentages that they seem to be`;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
