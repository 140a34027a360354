import { SECURITY } from '../../istio/api-groups';
import { OFFERED_BY_PROXY } from '../../istio/ports';
import type { Cluster } from '../../cluster/cluster';
import { fieldsOf, listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import { takesPort } from '../../cluster/workloads/inbound-ports';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { CONTAINERS, fieldPaths, WORKLOADS } from '../comparison';
import { PROBES } from '../network/pods/probed-ports';
import { hasSidecars, planeOf } from '../planes';
import { rule } from '../rule';

const REWRITES = 'sidecar.istio.io/rewriteAppHTTPProbers';
// Words that Go reads as false, since the injector asks Go.
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];
// A connection alone is answered by the proxy, whoever asks.
const WAYS = ['httpGet', 'grpc'];

export const unansweredProbe = rule({
  code: 'MESH360',
  level: 'error',
  title: 'probe that STRICT mutual TLS refuses',
  compares: [
    { kinds: WORKLOADS, fields: fieldPaths([CONTAINERS], PROBES, WAYS, ['port']), made: false },
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const pods of workloadsOf(cluster).filter(keepsProbes)) {
      const ports = refusedProbes(cluster, pods);
      if (ports.length === 0) continue;
      const { by = 'STRICT' } = mtlsOf(cluster, pods, ports[0]);
      report({
        on: pods.object,
        message: `${nameOf(pods.object)} keeps its probes from being rewritten, so that the kubelet asks its sidecar in plaintext, which ${by} refuses: the pods never become ready, or are restarted`,
        got: `${REWRITES}: "${pods.annotations[REWRITES]}", probed: ${ports.join(', ')}`,
        fix: `leave the annotation out; or say portLevelMtls: { ${ports[0]}: { mode: PERMISSIVE } } for these pods`,
      });
    }
  },
});

function keepsProbes({ object, proxy, annotations, isOutside }: Workload): boolean {
  return !object.made && !isOutside && hasSidecars(planeOf(proxy)) && FALSE.includes(annotations[REWRITES] ?? '');
}

function refusedProbes(cluster: Cluster, pods: Workload): number[] {
  const asked = listOf(pods.spec.containers).flatMap((container) =>
    PROBES.flatMap((probe) => WAYS.map((way) => fieldsOf(valueAt(container, probe, way)))),
  );
  // Another host is asked in the place of the pod.
  const own = asked.filter(({ host }) => (textOf(host) ?? '') === '');
  const ports = own.flatMap(({ port }) => numberOf(port) ?? pods.namedPorts[textOf(port) ?? ''] ?? []);
  const taken = ports.filter((port) => !OFFERED_BY_PROXY.includes(port));
  const refused = taken.filter((port) => takesPort(pods.inbound, port) && mtlsOf(cluster, pods, port).mode === 'STRICT');
  return [...new Set(refused)].sort((a, b) => a - b);
}
