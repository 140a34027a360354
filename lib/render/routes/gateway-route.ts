import { GATEWAY_API } from '../../istio/api-groups';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import type { Exposure } from '../../model/exposure';
import type { RouteMatch, RouteRule, RouteTable } from '../../model/route';
import { renderBackends, renderRouteMatch } from './http-route';
import { featureFields } from './route-entries';

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
      const matches = matchesBelow(rule, exposure);
      if (matches.length === 0) return [];
      return [
        {
          matches: matches.map((match) => renderRouteMatch(match)),
          ...(splitsHere ? featureFields(table, rule, 'gateway-api', port) : {}),
          backendRefs: renderBackends(exposure.service.name, port, rule.backends),
        },
      ];
    }),
  };
}

/** The rule's matches as far as they lie below the exposed path, and not where the gateway sends to another service; none when they lie elsewhere. */
function matchesBelow(rule: RouteRule, { pathPrefix: prefix, otherPaths }: Exposure): RouteMatch[] {
  const exposed = { type: 'PathPrefix', value: prefix } as const;
  if (rule.matches.length === 0) return [{ headers: [], queryParams: [], path: exposed }];
  // What comes in through a gateway is sent by the gateway.
  return rule.matches.flatMap((match) => {
    if (match.source) return [];
    if (!match.path || (match.path.type === 'PathPrefix' && isBelow(prefix, match.path.value))) return [{ ...match, path: exposed }];
    // A longer path goes before a shorter one, whosever route it is in.
    const isElsewhere = otherPaths.some((other) => isBelow(other, prefix) && other !== prefix && isBelow(match.path!.value, other));
    return isBelow(match.path.value, prefix) && !isElsewhere ? [match] : [];
  });
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
