import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { MESH } from '../../cluster/routes/gateway-keys';
import { destinationsOf, meshVirtualServices, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { hostOf } from '../../cluster/services/hosts';
import { tryServiceOf } from '../../cluster/services/registry';
import { ingressUsesWaypoint, waypointOf } from '../../cluster/services/waypoints';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { type Report, rule } from '../rule';

const RETRIES = 'retries';

const OWN_RETRIES = "; Istio's own two retries stand in their place";

const INSTEAD = {
  '1.4': OWN_RETRIES,
  '1.5': OWN_RETRIES,
  '1.6': OWN_RETRIES,
  '1.7': ' as a whole: it says how many, on which statuses and how long each may take, and Istio adds conditions of its own',
} as const;

export const lostAtGateway = rule({
  code: 'MESH401',
  level: 'warning',
  title: 'part of the route does not apply to requests through a gateway',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways', 'spec http route destination'], made: false },
  ],

  check(model, report) {
    checkRaw(clusterOf(model), report);
    const unretried = new Set(model.routes.filter(({ retries }) => retries?.attempts === 0).map(({ service }) => service.key));
    for (const exposure of model.exposures) {
      const { gateway, service, host, pathPrefix } = exposure;
      // That a gateway retries what nobody wants to be retried is told by another rule.
      const lost = exposure.lost.filter((part) => part !== RETRIES || !unretried.has(service.key));
      if (lost.length === 0) continue;
      const instead = lost.includes(RETRIES) ? INSTEAD[model.gatewayApi ?? '1.6'] : '';
      report({
        on: exposure,
        message: `requests through ${gateway.name} to ${host}${pathPrefix} reach ${service.name} without ${lost.join(', ')}, which ${exposure.istioGateway ? 'its routes' : 'HTTPRoute'} cannot express${instead}`,
        got: lost.join(', '),
        fix: "move the service's namespace to DataPlane.ambient(), whose waypoint also serves the gateway; or give the gateway istioPods, whose VirtualServices have words for it",
      });
    }
  },
});

/** Routes through gateways to a whole host that the mesh splits by subsets. */
function checkRaw(cluster: Cluster, report: Report): void {
  for (const { object, title, gateways, hosts } of gatewayRoutes(cluster)) {
    const lost = [...new Set(hosts)].flatMap((host) => splitsOf(cluster, host).map((split) => ({ host, split })));
    const [first] = lost.filter(({ split }) => !gateways.some((gateway) => split.gateways.includes(gateway)));
    if (!first) continue;
    report({
      on: object,
      message: `${title} sends requests through a gateway to all pods of ${first.host}: the versions that ${first.split.title} chooses are chosen for callers inside the mesh alone`,
      got: `gateways: ${first.split.gateways.join(', ')}`,
      fix: `name the gateway in gateways of ${first.split.title} beside mesh, with its hosts; or write the same split here`,
    });
  }
}

function gatewayRoutes(cluster: Cluster) {
  const ours = virtualServices(cluster).filter((one) => isRaw(one) && one.gateways.some((gateway) => gateway !== MESH));
  const others = gatewayApiRoutes(cluster).filter((one) => isRaw(one) && one.parents.some(({ kind }) => kind === 'Gateway'));
  return [
    ...ours.map((one) => {
      const whole = destinationsOf(cluster, one).filter(({ subset }) => subset === undefined);
      return {
        object: one.object,
        title: one.title,
        gateways: one.gateways.filter((each) => each !== MESH),
        hosts: whole.map(({ host }) => host),
      };
    }),
    ...others.map((one) => {
      const services = backendsOf(one).filter(({ kind }) => kind === 'Service');
      const hosts = services.map(({ key }) => hostOfKey(cluster, key));
      return { object: one.object, title: one.title, gateways: [], hosts };
    }),
  ];
}

function hostOfKey(cluster: Cluster, key: string): string {
  const [namespaceName, name] = key.split('/');
  return hostOf(cluster, name, namespaceName);
}

// A waypoint to which gateways are led splits for them as well.
function splitsOf(cluster: Cluster, host: string): VirtualService[] {
  const service = tryServiceOf(cluster, host);
  if (service && waypointOf(cluster, service) && ingressUsesWaypoint(cluster, service)) return [];
  const owners = meshVirtualServices(cluster).get(host.toLowerCase()) ?? [];
  return owners.filter((one) => destinationsOf(cluster, one).some((each) => each.host === host && each.subset !== undefined));
}
