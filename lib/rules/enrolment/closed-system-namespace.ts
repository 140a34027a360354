import { ROOT_NAMESPACE } from '../../istio/defaults';
import { hasPolicies } from '../../model/namespace-facts';
import { rule } from '../rule';

const KUBE_SYSTEM = 'kube-system';

export const closedSystemNamespace = rule({
  code: 'MESH227',
  level: 'error',
  title: 'closed namespace over a namespace of the system',

  check(model, report) {
    const { namespaces, rootNamespace = ROOT_NAMESPACE } = model;
    for (const namespace of namespaces.filter(hasPolicies)) {
      const isRoot = namespace.name === rootNamespace;
      if (!isRoot && namespace.name !== KUBE_SYSTEM) continue;
      report({
        on: namespace,
        message: isRoot
          ? `${namespace.name} is the root namespace: what closes it would refuse every request of the whole mesh`
          : `${namespace.name} holds what the cluster itself runs on, and is never in the mesh: what closes it cuts that off`,
        got: `ZeroTrustNamespace ${namespace.name}`,
        fix: 'give the workloads a namespace of their own',
      });
    }
  },
});
