import { KUBERNETES_NETWORKING } from '../../istio/api-groups';
import { PROBE_SOURCES } from '../../istio/defaults';
import type { NamespaceModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { type Cluster } from '../../cluster/cluster';
import { type Fields, listOf, numberOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { tryObject } from '../../cluster/objects/objects-by-kind';
import { type Workload, workloadsWith } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { isAmbient, planeOf } from '../planes';
import { CONTAINERS, fieldPaths, WORKLOADS } from '../comparison';
import { ownWorkloads } from '../owners';
import { probedPorts, PROBES, WAYS } from '../network/pods/probed-ports';
import { type Report, rule } from '../rule';

export const probeShutOut = rule({
  code: 'MESH114',
  level: 'error',
  title: 'closed namespace blocks a health probe',
  compares: [{ kinds: WORKLOADS, fields: fieldPaths([CONTAINERS], PROBES, WAYS, ['port']) }],

  check(model, report) {
    const closed = model.namespaces.filter((each) => each.zeroTrust && isAmbient(each));
    const services = groupedBy(ownWorkloads(model), ({ namespaceName }) => namespaceName);
    const cluster = clusterOf(model);
    for (const namespace of closed) {
      const rules = probeRules(cluster, namespace);
      const owned = (services.get(namespace.name) ?? []).filter((service) => service.owned);
      const pods = owned
        .flatMap(({ podLabels = {} }) => workloadsWith(cluster, namespace.name, podLabels))
        .filter(({ proxy }) => isAmbient(planeOf(proxy)));
      for (const each of rules ? new Set(pods) : []) checkPods(each, rules ?? [], report);
    }
  },
});

/** The rules that let the kubelet in; absent where the program does not have the policy. */
function probeRules(cluster: Cluster, { name }: NamespaceModel): Fields[] | undefined {
  const policy = tryObject(cluster, KUBERNETES_NETWORKING, 'NetworkPolicy', `${name}/infrastructure`);
  return policy && listOf(specOf(policy).ingress).filter(isForProbes);
}

function isForProbes({ from }: Fields): boolean {
  return listOf(from).some((peer) => valueAt(peer, 'ipBlock', 'cidr') === PROBE_SOURCES[0]);
}

function checkPods({ object, spec }: Workload, rules: readonly Fields[], report: Report): void {
  const containers = [...listOf(spec.initContainers), ...listOf(spec.containers)];
  const shut = new Set(containers.flatMap(probedPorts).filter((port) => !rules.some((each) => admits(each, port))));
  if (shut.size === 0) return;
  const ports = [...shut].sort((a, b) => a - b).join(', ');
  report({
    on: object,
    message: `the kubelet probes ${nameOf(object)} on a port that its closed namespace does not open: the pods never become ready, or are restarted`,
    got: `probed: ${ports}`,
    fix: `open the port with Infrastructure.of({ probePorts: [${ports}] })`,
  });
}

function admits({ ports }: Fields, port: number): boolean {
  const entries = listOf(ports);
  return entries.length === 0 || entries.some((entry) => covers(entry, port));
}

function covers({ port, endPort, protocol }: Fields, wanted: number): boolean {
  if (protocol !== undefined && protocol !== 'TCP') return false;
  const first = numberOf(port);
  return port === undefined || (first !== undefined && wanted >= first && wanted <= (numberOf(endPort) ?? first));
}
