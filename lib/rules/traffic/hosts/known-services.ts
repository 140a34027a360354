import { operatedNamespaces } from '../../../cluster/objects/operated-namespaces';
import { servicesOf } from '../../../cluster/services/services';
import type { MeshModel } from '../../../model/mesh-model';
import { clusterOf } from '../../cluster-of';
import { perModel } from '../../per-model';
import { ownedNamespaces } from '../../planes';
import { isBare } from '../../rule';

/** Who looks after a cluster puts Services there that stand in nobody's files. */
const OF_THE_CLUSTER = /^kube-/;

/** Whether the Services of a namespace are taken to be there: it is one of ours or, where nobody has said anything but objects, some of its Services are. */
export function hasAllServices(model: MeshModel, namespaceName: string): boolean {
  return ownedNamespaces(model).has(namespaceName) || namespacesWithServices(model).has(namespaceName);
}

const namespacesWithServices = perModel((model): ReadonlySet<string> => {
  if (!isBare(model)) return new Set();
  const operated = operatedNamespaces(model.objects);
  const services = servicesOf(clusterOf(model)).filter(({ kind }) => kind === 'Service');
  return new Set(services.map(({ namespaceName }) => namespaceName).filter((name) => !operated.has(name) && !OF_THE_CLUSTER.test(name)));
});
