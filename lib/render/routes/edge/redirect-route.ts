import * as gateway from '../../../../imports/gateway.networking.k8s.io';
import { GATEWAY_API } from '../../../istio/api-groups';
import type { Door } from '../../../model/edge/listener';

/** Answers whatever comes to some doors in the open with its address under HTTPS. */
export function renderHttpsRedirect(gatewayName: string, doors: readonly Door[]): gateway.HttpRouteSpec {
  const [{ listener }] = doors;
  return {
    parentRefs: doors.map(({ section }) => ({ group: GATEWAY_API, kind: 'Gateway', name: gatewayName, sectionName: section })),
    rules: [
      {
        matches: [{ path: { type: gateway.HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: '/' } }],
        filters: [
          {
            type: gateway.HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT,
            requestRedirect: {
              scheme: gateway.HttpRouteSpecRulesFiltersRequestRedirectScheme.HTTPS,
              port: listener.securePort === 443 ? undefined : listener.securePort,
              statusCode: 301,
            },
          },
        ],
      },
    ],
  };
}
