import { GATEWAY_API } from '../../istio/api-groups';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../model/exposure';
import type { Port } from '../../model/port';
import type { RouteRule, RouteTable } from '../../model/route';
import { renderRule } from './http-route';
import { type PlacedMatch, type RouteEntry, ruleEntries } from './route-entries';

/**
 * The route of one exposed service, for requests that come in through a gateway. Behind a waypoint it names the Service, and the waypoint
 * splits; elsewhere a gateway follows no route of the mesh, so that the table is written a second time, for the gateway.
 */
export function renderGatewayRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.HttpRouteSpec {
  const port = exposure.service.ports.find((candidate) => candidate.number === exposure.port)!;
  const rules = splitsHere && table.rules.length > 0 ? table.rules : [{ name: '', matches: [], backends: [] }];
  return {
    hostnames: [exposure.host],
    parentRefs: [
      {
        group: GATEWAY_API,
        kind: 'Gateway',
        name: exposure.gateway.name,
        namespace: exposure.gateway.namespaceName,
        sectionName: exposure.listener,
      },
    ],
    rules: rules.flatMap((rule) => {
      const placed = matchesBelow(rule, exposure);
      if (placed.length === 0) return [];
      return entriesHere(table, rule, port, placed, splitsHere).map((entry) => renderRule(table, port, entry));
    }),
  };
}

function entriesHere(table: RouteTable, rule: RouteRule, port: Port, placed: PlacedMatch[], splitsHere: boolean): RouteEntry[] {
  if (splitsHere) return ruleEntries(table, rule, 'gateway-api', port, placed);
  return [{ matches: placed.map(({ match }) => match), backends: rule.backends, fields: {} }];
}

/** The rule's matches as far as they lie below the exposed path, and not where the gateway sends to another service; none when they lie elsewhere. */
function matchesBelow(rule: RouteRule, { pathPrefix: prefix, otherPaths }: Exposure): PlacedMatch[] {
  const exposed = { type: 'PathPrefix', value: prefix } as const;
  if (rule.matches.length === 0) return [{ match: { headers: [], queryParams: [], path: exposed } }];
  return rule.matches.flatMap((match): PlacedMatch[] => {
    const named = match.path;
    if (!named || (named.type === 'PathPrefix' && isBelow(prefix, named.value))) return [{ match: { ...match, path: exposed }, named }];
    // A longer path goes before a shorter one, whosever route it is in.
    const isElsewhere = otherPaths.some((other) => isBelow(other, prefix) && other !== prefix && isBelow(named.value, other));
    return isBelow(named.value, prefix) && !isElsewhere ? [{ match, named }] : [];
  });
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
