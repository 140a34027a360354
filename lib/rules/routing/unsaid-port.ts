import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { httpRoutesOf, type VirtualRoute, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { serviceOf } from '../../cluster/services/registry';
import { clusterOf } from '../cluster-of';
import { DESTINATIONS, fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const unsaidPort = rule({
  code: 'MESH349',
  level: 'error',
  title: 'destination with several ports, and none is said',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', ...fieldPaths(DESTINATIONS, ['host', 'port'])], made: false },
    { kinds: [`${CORE}/Service`, `${NETWORKING}/ServiceEntry`], fields: ['spec ports port', 'spec ports number'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const lost = httpRoutesOf(cluster, one).flatMap((route) => lostIn(cluster, one, route));
      for (const { host, ports, came } of new Map(lost.map((each) => [each.host, each])).values()) {
        report({
          on: one.object,
          message: `${one.title} sends requests to ${host} and names none of its ports: the port on which they come, ${came.join(' or ')}, is taken, which it does not have, and they fail with 503`,
          got: `ports of ${host}: ${ports.join(', ')}`,
          fix: 'write destination.port.number',
        });
      }
    }
  },
});

interface Lost {
  readonly host: string;
  readonly ports: readonly number[];
  readonly came: readonly number[];
}

/** Destinations of a route that have none of the ports on which its requests come, be it from the mesh or through a gateway. */
function lostIn(cluster: Cluster, one: VirtualService, route: VirtualRoute): Lost[] {
  const unsaid = route.destinations.filter(({ port }) => port === undefined);
  return unsaid.flatMap(({ host }) => {
    const ports = [...new Set(portsOf(cluster, host))];
    if (ports.length < 2) return [];
    const ways = one.gateways.map((gateway) => comingThrough(cluster, one, gateway, route)).filter((came) => came.length > 0);
    const lost = ways.filter((came) => !came.some((port) => ports.includes(port)));
    return lost.map((came) => ({ host, ports, came }));
  });
}

function portsOf(cluster: Cluster, host: string): number[] {
  return (serviceOf(cluster, host)?.ports ?? []).filter(({ protocol }) => protocol !== 'UDP').map(({ number }) => number);
}

/** The ports on which requests for a route come, as far as they are known. */
function comingThrough(cluster: Cluster, { hosts }: VirtualService, gateway: string, { matches }: VirtualRoute): number[] {
  const open =
    gateway === MESH
      ? hosts.flatMap((host) => portsOf(cluster, host))
      : (tryIstioGateway(cluster, gateway)?.servers ?? []).flatMap(({ port }) => port ?? []);
  const asked = matches?.map(({ port }) => port) ?? [undefined];
  return [...new Set(open)].filter((port) => asked.some((each) => each === undefined || each === port));
}
