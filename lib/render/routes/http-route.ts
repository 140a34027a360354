import * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Port } from '../../model/port';
import type { HeaderTest, RouteMatch, RouteTable, WeightedVersion } from '../../model/route';
import { headerTests } from '../../model/matches/header-tests';
import { type RouteEntry, routeEntries } from '../../planes/entries/route-entries';

const PATH_TYPES = {
  Exact: gateway.HttpRouteSpecRulesMatchesPathType.EXACT,
  PathPrefix: gateway.HttpRouteSpecRulesMatchesPathType.PATH_PREFIX,
};
const HEADER_TYPES = {
  Exact: gateway.HttpRouteSpecRulesMatchesHeadersType.EXACT,
  RegularExpression: gateway.HttpRouteSpecRulesMatchesHeadersType.REGULAR_EXPRESSION,
};
const QUERY_TYPES = {
  Exact: gateway.HttpRouteSpecRulesMatchesQueryParamsType.EXACT,
  RegularExpression: gateway.HttpRouteSpecRulesMatchesQueryParamsType.REGULAR_EXPRESSION,
};
const ANY_PATH = { type: 'PathPrefix', value: '/' } as const;

/** A service's route table as an HTTPRoute for callers in the mesh: versions are Services. */
export function renderMeshRoute(table: RouteTable, port: Port): gateway.HttpRouteSpec {
  return {
    parentRefs: [{ group: '', kind: 'Service', name: table.service.name, port: port.number }],
    rules: routeEntries(table, 'gateway-api', port).map((entry) => ({ name: entry.name, ...renderRule(table, port, entry) })),
  };
}

/** What one route of a table is, wherever it is written. One that sends nothing on has no backend: a redirect may have none, and without one Istio answers with 500. */
export function renderRule(
  table: RouteTable,
  port: Port,
  { matches, methods, fields, answers, backends }: RouteEntry,
): gateway.HttpRouteSpecRules {
  return {
    matches: (matches.length > 0 ? matches : [undefined]).flatMap((match) => forMethods(renderRouteMatch(match), methods)),
    ...fields,
    backendRefs: answers ? undefined : renderBackends(table.service.name, port, backends),
  };
}

// A match of HTTPRoute names one method.
function forMethods(match: gateway.HttpRouteSpecRulesMatches, methods: readonly string[] | undefined): gateway.HttpRouteSpecRulesMatches[] {
  if (!methods || match.method) return [match];
  return methods.map((method) => ({ ...match, method: method as gateway.HttpRouteSpecRulesMatchesMethod }));
}

// Istio's own converter of routes needs a path where the API server's default is missing.
export function renderRouteMatch(match: RouteMatch | undefined): gateway.HttpRouteSpecRulesMatches {
  const path = match?.path ?? ANY_PATH;
  const headers = match ? headerTests(match) : [];
  return {
    path: { type: PATH_TYPES[path.type], value: path.value },
    method: match?.method as gateway.HttpRouteSpecRulesMatchesMethod | undefined,
    headers: headers.length > 0 ? headers.map((test) => ({ ...named(test), type: HEADER_TYPES[test.type] })) : undefined,
    queryParams: match?.queryParams.length
      ? match.queryParams.map((test) => ({ ...named(test), type: QUERY_TYPES[test.type] }))
      : undefined,
  };
}

/** Backends that carry a weight each: the service as a whole, or one Service a version. */
export function renderBackends(
  serviceName: string,
  port: Port,
  versions: readonly WeightedVersion[],
): gateway.HttpRouteSpecRulesBackendRefs[] {
  const backend = { group: '', kind: 'Service', port: port.number };
  if (versions.length === 0) return [{ ...backend, name: serviceName, weight: 1 }];
  return versions.map(({ version, weight, setCookie }) => ({
    ...backend,
    name: `${serviceName}-${version}`,
    weight: versions.length > 1 ? weight : 1,
    ...(setCookie && { filters: [settingCookie(setCookie)] }),
  }));
}

function settingCookie(value: string): gateway.HttpRouteSpecRulesBackendRefsFilters {
  return {
    type: gateway.HttpRouteSpecRulesBackendRefsFiltersType.RESPONSE_HEADER_MODIFIER,
    responseHeaderModifier: { add: [{ name: 'set-cookie', value }] },
  };
}

function named({ name, value }: HeaderTest): Pick<HeaderTest, 'name' | 'value'> {
  return { name, value };
}
