import type { Cluster } from '../../cluster/cluster';
import { serviceOf } from '../../cluster/services/registry';
import { podsBehind } from '../../cluster/services/endpoints';
import { openPorts } from '../../inquiry/open-ports';
import { type PathTrick, pathTricks } from '../../inquiry/path-tricks';
import { pathLike } from '../../inquiry/sample-lines';
import type { GatewayCheck } from '../../model/edge/gateway-check';
import type { ExposureModel, MeshModel } from '../../model/mesh-model';
import { decide } from '../../verdict/decide';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const checkByPath = rule({
  code: 'MESH266',
  level: 'warning',
  title: 'a check at a gateway that other ways of writing the path pass by',

  check(model, report) {
    for (const check of (model.gatewayChecks ?? []).filter(({ action }) => action !== 'AUDIT')) {
      const open = waysPast(clusterOf(model), model, check);
      if (open.length === 0) continue;
      report({
        on: check,
        message: `${partyText(check.gateway)} checks some paths, and other ways of writing them reach the same service unchecked, which some servers take for the same`,
        got: open.map(({ name, path }) => `${name}: ${path}`).join(', '),
        fix: 'give what is checked a host of its own and leave http out; have the mesh put paths in order, and say so with Mesh({ pathNormalization }); or acknowledge this where the server takes none of these for the same path',
      });
    }
  },
});

function waysPast(cluster: Cluster, { exposures }: MeshModel, check: GatewayCheck): PathTrick[] {
  const paths = (check.http ?? []).flatMap((part) => part.paths.map((path) => ({ path: pathLike(path), method: part.methods[0] })));
  const found = exposures
    .filter((one) => one.gateway.key === check.gateway.key && (check.hosts.length === 0 || check.hosts.includes(one.host)))
    .flatMap((exposure) => paths.flatMap(({ path, method }) => waysAt(cluster, exposure, { check, path, method })));
  return [...new Map(found.map((trick) => [trick.path, trick])).values()];
}

interface Meant {
  readonly check: GatewayCheck;
  readonly path: string;
  readonly method?: string;
}

/** Ways that lead to the pods of what is exposed, where the path itself is checked. */
function waysAt(cluster: Cluster, exposure: ExposureModel, { check, path, method }: Meant): PathTrick[] {
  const { gateway, istioGateway = gateway, host, service } = exposure;
  const key = `${istioGateway.namespaceName}/${istioGateway.name}`;
  const called = service.host === undefined ? undefined : serviceOf(cluster, service.host);
  if (!called) return [];
  const pods = new Set(podsBehind(cluster, called).map((pod) => pod.key));
  const passes = (port: number, at: string): boolean => {
    const {
      allowed,
      workload,
      asks = [],
    } = decide(cluster, { from: { gateway: key, showsCertificate: true }, to: { host, port }, method, path: at });
    return allowed && workload !== undefined && pods.has(workload) && !(check.provider !== undefined && asks.includes(check.provider));
  };
  const ports = openPorts(cluster, key).filter((port) => !passes(port, path));
  return pathTricks(path).filter((trick) => ports.some((port) => passes(port, trick.path)));
}
