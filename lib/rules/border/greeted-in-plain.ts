import { waypointNameOf } from '../../cluster/services/waypoints';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { NETWORKING } from '../../istio/api-groups';
import { beganLater } from '../../istio/began-later';
import type { MeshModel } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { hasSidecars } from '../planes';
import { rule } from '../rule';

const TLS = ['tls', 'https'];

export const greetedInPlain = rule({
  code: 'MESH421',
  level: 'warning',
  title: 'ServiceEntry for TLS on a port where TLS begins later',
  compares: [{ kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec ports number', 'spec ports protocol'], made: false }],

  check(model, report) {
    const entries = servicesOf(clusterOf(model)).filter((one) => one.kind === 'ServiceEntry' && isRaw(one) && isReadByProxies(model, one));
    for (const { entry, port, way } of entries.flatMap(latePorts)) {
      report({
        on: entry.object,
        message: `ServiceEntry ${entry.key} says TLS of port ${port.number}, where ${way.speaks} greet in plain text first: proxies find ${entry.hosts.join(', ')} by the server name with which TLS begins, and such connections have none`,
        got: `port ${port.number}: ${port.protocol}`,
        fix: `write protocol: TCP, or declare an ExternalService with ExternalPort.${way.word}; where clients really begin with TLS, acknowledge this`,
        yamlFix:
          'write protocol: TCP; where clients really begin with TLS, pass this over with a comment that says why (# istio-constructs-ignore)',
      });
    }
  },
});

function latePorts(entry: MeshService) {
  const ports = entry.ports.filter(({ protocol }) => TLS.includes(protocol.toLowerCase()));
  return ports.flatMap((port) => {
    const way = beganLater(port.number);
    return way ? [{ entry, port, way }] : [];
  });
}

/** ztunnel reads no server names: it takes a host by its address. */
function isReadByProxies(model: MeshModel, entry: MeshService): boolean {
  const cluster = clusterOf(model);
  const hasSidecar = model.namespaces.some(hasSidecars) || workloadsOf(cluster).some(({ proxy }) => proxy.routesForPods);
  return hasSidecar || waypointNameOf(cluster, entry) !== undefined;
}
