import type { LeftRoutes } from '../../model/mesh-model';
import type { PlaneFacts } from '../../model/namespace-facts';
import type { Exposure } from '../../model/exposure';
import { overlapOf } from '../../model/matches/match-overlap';
import type { RouteRule, RouterName, RouteTable } from '../../model/route';
import { planeOf } from '../plane-of';
import { besideFlagger, flaggerRouter, flaggerServices, leftByFlagger, lostToFlagger, reducedByFlagger } from './flagger';
import { GATEWAY_API } from './gateway-api';
import { ISTIO } from './istio';
import type { RouteObject } from './route-object';
import { featuresLacking, lacksOf, namesVersions, type Router } from './router';

const ROUTERS: Readonly<Record<RouterName, Router>> = { istio: ISTIO, 'gateway-api': GATEWAY_API };

/** How the table of one service is rendered, and what that means for others. */
export interface Routing {
  readonly router: RouterName;
  readonly objects: readonly RouteObject[];
  /** Names of the Services that single out one version each. */
  readonly versionServices: readonly string[];
  /** Names of the Services that callers' proxies are sent to besides the service's own. */
  readonly calledServices: readonly string[];
  /** What the table asks for and the router has no words for. */
  readonly lacks: readonly string[];
  /** What whoever makes the routes instead has no words for. */
  readonly lostToController: readonly string[];
  /** What it makes hold for fewer requests than it is said of. */
  readonly reducedByController: readonly string[];
  /** What Flagger leaves behind where it makes other routes than before; absent where somebody else makes them. */
  readonly left?: LeftRoutes;
}

const OTHER: Readonly<Record<RouterName, RouterName>> = { istio: 'gateway-api', 'gateway-api': 'istio' };

const AT_END = planeOf({ mode: 'ambient' });

const NOTHING_LOST = { lostToController: [], reducedByController: [] };

/** `isExposed`: a gateway sends requests to the service. */
export function routingOf(table: RouteTable, plane: PlaneFacts, isExposed: boolean): Routing {
  if (table.controller === 'flagger') return flaggerRouting(table, plane);
  const router = routerOf(table, plane);
  const { routesAtWaypoint } = planeOf(plane);
  const names = namesVersions(table) ? table.versions.map((version) => `${table.service.name}-${version}`) : [];
  // The router, or a gateway that splits by itself, cannot name subsets.
  const versionServices = router.versionsAreServices || (isExposed && !routesAtWaypoint) ? names : [];
  return {
    router: router.name,
    objects: router.objects(table, versionServices),
    versionServices,
    calledServices: router.versionsAreServices ? names : [],
    lacks: lacksOf(router.name, table),
    ...NOTHING_LOST,
  };
}

// Flagger makes the routes and their Services; of them only the names are known here.
function flaggerRouting(table: RouteTable, plane: PlaneFacts): Routing {
  const { preferredRouter } = planeOf(plane);
  const router = flaggerRouter(table, preferredRouter);
  const names = flaggerServices(table.service);
  return {
    router,
    objects: besideFlagger(table, router),
    versionServices: names,
    calledServices: names,
    lacks: lacksOf(router, table),
    lostToController: lostToFlagger(table),
    reducedByController: reducedByFlagger(table),
    left: {
      before: leftByFlagger(table, OTHER[router], router),
      ahead: plane.migration ? leftByFlagger(table, router, flaggerRouter(table, AT_END.preferredRouter)) : [],
    },
  };
}

/**
 * What requests through a gateway to paths below one do not get, where the gateway's own route is all there is. They were sent by the gateway: no match by
 * caller is about them.
 */
export function lostAtGateway(table: RouteTable, plane: PlaneFacts, exposed: Exposed): readonly string[] {
  if (planeOf(plane).routesAtWaypoint) return [];
  return [
    ...featuresLacking(exposed.istioGateway ? 'istio' : 'gateway-api', table, exposed.pathPrefix),
    ...(table.rules.some((one) => isUntold(one, exposed)) ? ['rules'] : []),
  ];
}

type Exposed = Pick<Exposure, 'pathPrefix' | 'pathPattern' | 'matches' | 'istioGateway'>;

/** A rule by path beside a pattern for paths, or by another word about a header that the exposed requests are told by. */
function isUntold({ matches }: RouteRule, { pathPattern, matches: told = [] }: Exposed): boolean {
  const byPath = pathPattern !== undefined && matches.some(({ path }) => path);
  return (
    byPath ||
    matches.some((match) => told.some((one) => overlapOf({ ...one, path: undefined }, { ...match, path: undefined }).is === 'unspeakable'))
  );
}

/** The router asked for by name, or the plane's, or the one that can express the table. */
function routerOf(table: RouteTable, plane: PlaneFacts): Router {
  if (table.routing) return ROUTERS[table.routing];
  const preferred = ROUTERS[planeOf(plane).preferredRouter];
  return lacksOf(preferred.name, table).length === 0 ? preferred : ISTIO;
}
