import { NETWORKING } from '../../istio/api-groups';
import type { Declared } from '../../model/declared';
import type { RouteModel } from '../../model/mesh-model';
import type { RouteRule } from '../../model/route';
import { listOf, numberOf } from '../../cluster/objects/fields';
import { writtenRoutes } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { fieldPaths, VIRTUAL_ROUTES } from '../comparison';
import { type Discovery, rule } from '../rule';

const TOTAL = 100;

export const weightTotal = rule({
  code: 'MESH302',
  level: 'error',
  title: 'weights do not add up to 100',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(VIRTUAL_ROUTES, ['weight']) }],

  check(model, report) {
    for (const { object, title, route } of writtenRoutes(clusterOf(model)).filter(isRaw)) {
      const weights = listOf(route.route).map(({ weight }) => numberOf(weight) ?? 0);
      if (!totals(weights)) report(discovery(object, title, weights));
    }
    for (const { route, rule: split } of model.routes.flatMap(splitsOf)) {
      const weights = split.backends.map(({ weight }) => weight);
      if (weights.length > 1 && !totals(weights)) report(discovery(route, `${split.name} of ${route.service.name}`, weights));
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

// One destination without a weight takes everything, as meant.
function totals(weights: readonly number[]): boolean {
  const sum = sumOf(weights);
  return sum === TOTAL || weights.length === 0 || (weights.length === 1 && sum === 0);
}

function harmOf(weights: readonly number[]): string {
  if (weights.length === 1) return 'have no effect: its only destination receives all requests';
  const sum = sumOf(weights);
  return sum === 0 ? 'are all 0, which Istio rejects' : `add up to ${sum}, so they are not the percentages that they seem to be`;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
