import { GATEWAY_API } from '../../istio/api-groups';
import { listOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { type GatewayApiRoute, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

const MOST = { rules: 16, matchesOfRule: 64, matches: 128, others: 16 };

export const crowdedRoute = rule({
  code: 'MESH346',
  level: 'error',
  title: 'HTTPRoute with more rules or matches than the API server takes',

  check(model, report) {
    for (const route of gatewayApiRoutes(clusterOf(model)).filter(({ object }) => object.kind === 'HTTPRoute')) {
      const got = isRaw(route) ? totalOf(route) : isOfGateway(route) ? [...boundsOf(route), ...totalOf(route), ...partsOf(route)] : [];
      if (got.length === 0) continue;
      report({
        on: route.object,
        message: `${route.title} is refused: it may have ${MOST.rules} rules, ${MOST.matchesOfRule} matches in each and ${MOST.matches} in all, with ${MOST.others} destinations a rule and as many headers and query parameters a match`,
        got: got.join(', '),
        fix: isRaw(route)
          ? 'divide it into several routes, or match by something that they share'
          : 'match by something that requests share, or move the namespace of the service to DataPlane.ambient(), whose waypoint follows a VirtualService that takes more',
      });
    }
  },
});

// Routes of the mesh go to another API, or MESH309 tells of them; what single bounds a raw one breaks its schema tells.
function isOfGateway({ parents }: GatewayApiRoute): boolean {
  return parents.some(({ group, kind }) => group === GATEWAY_API && kind === 'Gateway');
}

function boundsOf(route: GatewayApiRoute): string[] {
  const counts = countsOf(route);
  const most = Math.max(0, ...counts);
  return [
    ...(counts.length > MOST.rules ? [`${counts.length} rules`] : []),
    ...(most > MOST.matchesOfRule ? [`${most} matches in one rule`] : []),
  ];
}

function totalOf(route: GatewayApiRoute): string[] {
  const total = countsOf(route).reduce((sum, count) => sum + count, 0);
  return total > MOST.matches ? [`${total} matches`] : [];
}

function partsOf({ object }: GatewayApiRoute): string[] {
  const rules = listOf(specOf(object).rules);
  const most = (lists: ReadonlyArray<readonly unknown[]>): number => Math.max(0, ...lists.map(({ length }) => length));
  const tests = (field: string): number => most(rules.flatMap(({ matches }) => listOf(matches).map((match) => listOf(match[field]))));
  const counts = [
    [most(rules.map(({ backendRefs }) => listOf(backendRefs))), 'destinations in one rule'],
    [tests('headers'), 'headers in one match'],
    [tests('queryParams'), 'query parameters in one match'],
  ] as const;
  return counts.flatMap(([count, what]) => (count > MOST.others ? [`${count} ${what}`] : []));
}

// The API server fills in one match for a rule without.
function countsOf({ object }: GatewayApiRoute): number[] {
  return listOf(specOf(object).rules).map(({ matches }) => Math.max(1, listOf(matches).length));
}
