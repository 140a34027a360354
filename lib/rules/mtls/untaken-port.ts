import { CORE, SECURITY } from '../../istio/api-groups';
import { BYPASS_INBOUND_CAPTURE, EXCLUDED_INBOUND_PORTS, INCLUDED_INBOUND_PORTS, INTERCEPTION_MODE } from '../../istio/labels';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { authorizationIndex } from '../../cluster/policies/authorization-policies';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import { servedPorts } from '../../cluster/services/endpoints';
import { takesPort } from '../../cluster/workloads/inbound-ports';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import type { FieldPath } from '../../model/declared';
import { clusterOf } from '../cluster-of';
import { fieldPaths, MTLS_MODES, POD_LABELS, WORKLOADS } from '../comparison';
import { type Report, rule } from '../rule';

const WORDS = [EXCLUDED_INBOUND_PORTS, INCLUDED_INBOUND_PORTS, INTERCEPTION_MODE, BYPASS_INBOUND_CAPTURE];

export const untakenPort = rule({
  code: 'MESH288',
  level: 'warning',
  title: 'port of a Service that the proxy of its pods leaves alone',
  compares: [
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS, ...fieldPaths(['spec template metadata annotations'], WORDS)] },
    { kinds: [`${CORE}/Service`], fields: ['metadata namespace', 'spec selector', 'spec ports'] },
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec selector matchLabels'] },
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: [...MTLS_MODES, 'spec selector'] },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const led = workloadsOf(cluster).filter(({ proxy, inbound }) => proxy.isInMesh && !proxy.isDoor && inbound !== undefined);
    for (const pods of led) checkPods(cluster, pods, report);
  },
});

function checkPods(cluster: Cluster, pods: Workload, report: Report): void {
  const word = WORDS.find((one) => pods.annotations[one] !== undefined);
  const untaken = new Set(servedPorts(cluster, pods).flatMap(({ number }) => (takesPort(pods.inbound, number) ? [] : number)));
  for (const port of untaken) {
    const lost = lostAt(cluster, pods, port);
    if (lost.length === 0 || word === undefined) continue;
    report({
      on: pods.object,
      field: placeOf(pods, word),
      message: `${nameOf(pods.object)} has its proxy leave port ${port} alone, to which a Service leads: ${lost.join(' and ')} ${lost.length > 1 ? 'hold' : 'holds'} for nothing there, and whoever reaches the pod gets in`,
      got: `${word}: ${pods.annotations[word]}`,
      fix: `let the proxy take port ${port}; or move what has to pass it by to a port of its own, behind a NetworkPolicy`,
    });
  }
}

/** What somebody has said for the pods, and what their proxy alone would see to. */
function lostAt(cluster: Cluster, pods: Workload, port: number): string[] {
  const policies = authorizationIndex(cluster).onPods([pods.namespaceName, cluster.rootNamespace], pods.labels);
  const { mode, by } = mtlsOf(cluster, pods, port);
  return [...policies.map(({ title }) => title), ...(mode === 'STRICT' && by !== undefined ? [`STRICT of ${by}`] : [])];
}

function placeOf({ object }: Workload, word: string): FieldPath {
  const metadata = object.kind === 'Pod' ? ['metadata'] : ['spec', 'template', 'metadata'];
  return [...metadata, 'annotations', word];
}
