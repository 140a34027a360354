import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { serviceNameOf } from '../../cluster/services/hosts';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const foreignHost = rule({
  code: 'MESH229',
  level: 'warning',
  title: 'VirtualService that takes the requests for a Service of another namespace',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways', 'spec exportTo'], made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const { object, title, namespaceName } = one;
      for (const { host, owner } of foreignHosts(cluster, one)) {
        report({
          on: object,
          message: `${title} says for everybody where requests to ${host} go, and the Service is of namespace ${owner}: whoever may write here takes its traffic`,
          got: `VirtualService in ${namespaceName}, host in ${owner}`,
          fix: `write it in namespace ${owner}; or, for the callers of ${namespaceName} alone, exportTo: ["."]`,
        });
      }
    }
  },
});

// The root namespace speaks for the whole mesh.
function foreignHosts(cluster: Cluster, one: VirtualService): Array<{ host: string; owner: string }> {
  const { namespaceName, hosts, gateways, exportTo } = one;
  const isForOthers = exportTo.some((name) => name !== namespaceName && name !== '~');
  if (!isForOthers || !gateways.includes(MESH) || namespaceName === cluster.rootNamespace) return [];
  const named = [...new Set(hosts.map((host) => host.toLowerCase()))].map((host) => ({
    host,
    owner: serviceNameOf(cluster, host)?.namespaceName ?? namespaceName,
  }));
  return named.filter(({ owner }) => owner !== namespaceName);
}
