import { GATEWAY_API } from '../../istio/api-groups';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../model/exposure';
import type { RouteMatch, RouteTable } from '../../model/route';
import { forMethods, renderBackends, renderRouteMatch } from './http-route';
import { type RouteEntry, routeEntries } from './route-entries';

/**
 * The route of one exposed service, for requests that come in through a gateway. Behind a waypoint it names the Service, and the waypoint
 * splits; elsewhere a gateway follows no route of the mesh, so that the table is written a second time, for the gateway.
 */
export function renderGatewayRoute(exposure: Exposure, table: RouteTable, splitsHere: boolean): gateway.HttpRouteSpec {
  const port = exposure.service.ports.find((candidate) => candidate.number === exposure.port)!;
  const entries = splitsHere ? routeEntries(table, 'gateway-api', port) : [WHOLE];
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
    rules: entries.flatMap((entry) => {
      const matches = matchesBelow(entry, exposure);
      if (matches.length === 0) return [];
      return [
        {
          matches: matches.flatMap((match) => forMethods(renderRouteMatch(match), entry.methods)),
          ...entry.fields,
          backendRefs: renderBackends(exposure.service.name, port, entry.backends),
        },
      ];
    }),
  };
}

const WHOLE: RouteEntry = { matches: [], backends: [], fields: {} };

/** The rule's matches as far as they lie below the exposed path, and not where the gateway sends to another service; none when they lie elsewhere. */
function matchesBelow(rule: RouteEntry, { pathPrefix: prefix, otherPaths }: Exposure): RouteMatch[] {
  const exposed = { type: 'PathPrefix', value: prefix } as const;
  if (rule.matches.length === 0) return [{ headers: [], queryParams: [], path: exposed }];
  return rule.matches.flatMap((match) => {
    if (!match.path || (match.path.type === 'PathPrefix' && isBelow(prefix, match.path.value))) return [{ ...match, path: exposed }];
    // A longer path goes before a shorter one, whosever route it is in.
    const isElsewhere = otherPaths.some((other) => isBelow(other, prefix) && other !== prefix && isBelow(match.path!.value, other));
    return isBelow(match.path.value, prefix) && !isElsewhere ? [match] : [];
  });
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
