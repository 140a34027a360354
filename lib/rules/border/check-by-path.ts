import type { Cluster } from '../../cluster/cluster';
import { serviceOf } from '../../cluster/services/registry';
import { podsBehind } from '../../cluster/services/endpoints';
import { type ClosedPath, loopholesFix, loopholesIn, loopholesText } from '../../inquiry/loopholes';
import { doorOf, openPorts } from '../../inquiry/open-ports';
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
      const open = loopholesIn(closedBy(clusterOf(model), model, check));
      if (open.length === 0) continue;
      report({
        on: check,
        message: `${partyText(check.gateway)} checks some paths, and other ways of writing them reach the same service unchecked, which some servers take for the same`,
        got: loopholesText(open),
        fix: `give what is checked a host of its own and leave http out; ${loopholesFix(open)}`,
      });
    }
  },
});

function closedBy(cluster: Cluster, { exposures }: MeshModel, check: GatewayCheck): ClosedPath[] {
  const meant = (check.http ?? []).flatMap(({ paths, methods: [method] }) => paths.map((path) => ({ check, path, method })));
  return exposures
    .filter((one) => one.gateway.key === check.gateway.key && (check.hosts.length === 0 || check.hosts.includes(one.host)))
    .flatMap((exposure) => meant.flatMap((one) => closedAt(cluster, exposure, one)));
}

interface Meant {
  readonly check: GatewayCheck;
  readonly path: string;
  readonly method?: string;
}

/** The path at each port of the gateway, on the way to the pods of what is exposed. */
function closedAt(cluster: Cluster, exposure: ExposureModel, { check, path, method }: Meant): ClosedPath[] {
  const { host, service } = exposure;
  const key = doorOf(exposure);
  const called = service.host === undefined ? undefined : serviceOf(cluster, service.host);
  if (!called) return [];
  const pods = new Set(podsBehind(cluster, called).map((pod) => pod.key));
  const passes = (port: number, tried: string): boolean => {
    const from = { gateway: key, showsCertificate: true };
    const { allowed, workload, asks = [] } = decide(cluster, { from, to: { host, port }, method, path: tried });
    return allowed && workload !== undefined && pods.has(workload) && !(check.provider !== undefined && asks.includes(check.provider));
  };
  return openPorts(cluster, key).map((port) => ({ path, passes: (tried) => passes(port, tried) }));
}
