import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { readDestination, virtualServices } from '../../cluster/routes/virtual-services';
import { perCluster } from '../../cluster/per-cluster';
import { serviceOf } from '../../cluster/services/registry';
import type { MeshService, ServicePort } from '../../cluster/services/services';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

const MODES = ['SIMPLE', 'MUTUAL'];
const SPEAK_TLS = ['https', 'tls'];

export const tlsTwice = rule({
  code: 'MESH433',
  level: 'warning',
  title: 'TLS begun by the application and once more by its proxy',
  compares: [
    {
      kinds: [`${NETWORKING}/DestinationRule`],
      fields: ['spec host', ...fieldPaths(['spec trafficPolicy', 'spec trafficPolicy portLevelSettings'], ['tls mode'])],
      made: false,
    },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec http route destination'], made: false, sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of destinationRules(cluster).filter(isRaw)) {
      const service = serviceOf(cluster, one.host);
      const ports = service ? service.ports.filter((port) => beginsTwice(cluster, one, service, port)) : [];
      if (ports.length === 0) continue;
      const named = ports.map(({ number }) => number).join(', ');
      report({
        on: one.object,
        message: `${one.title} begins TLS to ${one.host} on port ${named}, where applications speak TLS themselves: the server sees TLS in TLS, and refuses it`,
        got: ports.map((port) => `port ${port.number}: ${wordOf(service!.kind, port)}, tls mode ${modeAt(one, port.number)}`).join('; '),
        fix: `say tls for a port on which applications speak plain HTTP (80, with targetPort ${ports[0].number}), by portLevelSettings; or drop it`,
      });
    }
  },
});

function beginsTwice(cluster: Cluster, one: DestinationRule, { kind, hosts }: MeshService, port: ServicePort): boolean {
  if (!MODES.includes(modeAt(one, port.number)) || !SPEAK_TLS.includes(wordOf(kind, port))) return false;
  // A route takes plain HTTP there from another port, or from a gateway.
  return !hosts.some((host) => plainWays(cluster).has(`${host}:${port.number}`));
}

/** What a port says that is spoken on it: a ServiceEntry by its protocol, a Service by its name. */
function wordOf(kind: MeshService['kind'], { name = '', protocol, appProtocol }: ServicePort): string {
  const said = kind === 'ServiceEntry' ? protocol : (appProtocol ?? name);
  return said.toLowerCase().split('-')[0];
}

/** The mode for a port: its own word goes before that of all. */
function modeAt({ object }: DestinationRule, port: number): string {
  const policy = specOf(object).trafficPolicy;
  const own = listOf(valueAt(policy, 'portLevelSettings')).find((level) => numberOf(valueAt(level, 'port', 'number')) === port);
  return textOf(valueAt(own ?? policy, 'tls', 'mode')) ?? '';
}

/** `host:port` wherever routes of HTTP lead. */
const plainWays = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const virtual = virtualServices(cluster).flatMap(({ object, namespaceName }) =>
    listOf(specOf(object).http)
      .flatMap(({ route }) => listOf(route))
      .map(({ destination }) => readDestination(cluster, destination, namespaceName)),
  );
  const routes = gatewayApiRoutes(cluster).filter(({ object }) => ['HTTPRoute', 'GRPCRoute'].includes(object.kind));
  const backends = routes.flatMap(backendsOf).map(({ kind, key, port }) => {
    const [namespaceName, name] = key.split('/');
    return { host: kind === 'Hostname' ? name : `${name}.${namespaceName}.svc.${cluster.clusterDomain}`, port };
  });
  return new Set([...virtual, ...backends].map(({ host, port }) => `${host}:${port}`));
});
