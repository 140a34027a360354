import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import type { RouteParent } from '../../cluster/routes/gateway-api-routes';
import { type HttpRoute, httpRoutes } from '../../cluster/routes/http-routes';
import { type IstioGateway, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { listenersFor } from '../../cluster/routes/route-listeners';
import { type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { tryGateway } from '../../cluster/workloads/gateways';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { type Report, rule } from '../rule';

export const unofferedHost = rule({
  code: 'MESH406',
  level: 'warning',
  title: 'route for a host that its gateway does not offer',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways'], made: false },
    {
      kinds: [`${GATEWAY_API}/HTTPRoute`],
      fields: ['spec hostnames', ...fieldPaths(['spec parentRefs'], ['name', 'sectionName'])],
      made: false,
    },
    { kinds: [`${NETWORKING}/Gateway`, `${GATEWAY_API}/Gateway`], fields: ['spec servers hosts', 'spec listeners hostname'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) {
      for (const gateway of new Set(one.gateways)) checkVirtualService(one, tryIstioGateway(cluster, gateway), report);
    }
    checkRoutes(cluster, report);
  },
});

function checkVirtualService(
  { object, title, namespaceName, hosts }: VirtualService,
  gateway: IstioGateway | undefined,
  report: Report,
): void {
  const scoped = gateway?.servers.flatMap(({ scopedHosts }) => scopedHosts) ?? [];
  const offered = scoped.map((one) => one.split('/')).filter(([scope]) => scope === '*' || scope === namespaceName);
  if (!gateway || hosts.length === 0 || hosts.some((host) => offered.some(([, one]) => meet(one, host)))) return;
  report({
    on: object,
    message: `${title} is for ${hosts.join(', ')}, and the Gateway ${gateway.key} offers none of them to namespace ${namespaceName}: no request through it follows`,
    got: `offered: ${scoped.join(', ') || 'nothing'}`,
    fix: 'add the host to a server of the Gateway, or to hosts here one that it offers',
  });
}

function checkRoutes(cluster: Cluster, report: Report): void {
  for (const route of httpRoutes(cluster).filter(isRaw)) {
    for (const { key, offered } of route.parents
      .filter(({ kind }) => kind === 'Gateway')
      .flatMap((parent) => lostAt(cluster, route, parent))) {
      report({
        on: route.object,
        message: `${route.title} is for ${route.hostnames.join(', ')}, and no listener of ${key} that it may use offers one of them: it is not attached`,
        got: `offered: ${offered.join(', ')}`,
        fix: 'write a hostname of the listener, or one that its wildcard covers',
      });
    }
  }
}

/** What a Gateway offers to a route of which it takes no host. */
function lostAt(cluster: Cluster, { namespaceName, hostnames }: HttpRoute, parent: RouteParent): Array<{ key: string; offered: string[] }> {
  const gateway = tryGateway(cluster, parent.key);
  const listeners = gateway ? listenersFor(cluster, gateway, parent, namespaceName).admitting : [];
  const offered = listeners.map(({ hostname = '*' }) => hostname);
  const isTaken = hostnames.length === 0 || hostnames.some((host) => offered.some((one) => meet(one, host)));
  return isTaken || offered.length === 0 ? [] : [{ key: parent.key, offered }];
}

/** Some host is both; capitals mean nothing. */
function meet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return hostMatches(a, b) || hostMatches(b, a);
}
