import { workloadsUnder } from '../../cluster/workloads/workloads';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Port } from '../../model/port';
import { partyText, portText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { hasSidecars, hasUnknownPlane } from '../planes';
import { rule } from '../rule';

export const unknownScraper = rule({
  code: 'MESH502',
  level: 'warning',
  title: 'scraper of which nobody says how it is in the mesh',

  check(model, report) {
    for (const call of model.calls.filter(({ action, caller }) => action === 'ALLOW' && caller.kind === 'identity')) {
      const ports = call.ports.filter(hasMetrics);
      const why = ports.length > 0 && whyUnknown(model, call);
      if (!why) continue;
      const { caller, callee } = call;
      report({
        on: call,
        message: `${partyText(caller)} is let in by its identity to the metrics of ${partyText(callee)}, and ${why}`,
        got: `port ${portText(ports)}`,
        fix: `for one in the mesh, declare MetricsScraping in place of the grant, with dataPlane of its ServiceIdentity; for one outside, ${hasSidecars(callee.namespace) ? 'declare MergedMetrics, and let it read port 15020 of the pods' : 'say plaintext with its reason at the port, for nobody merges metrics in ambient mode'}`,
      });
    }
  },
});

/** What keeps the grant from being heard, as far as anybody can tell. */
function whyUnknown(model: MeshModel, { caller }: CallModel): string | undefined {
  const pods = caller.cluster === undefined ? workloadsUnder(clusterOf(model), caller.namespaceName, caller.serviceAccountName ?? '') : [];
  if (pods.some(({ proxy }) => proxy.isInMesh)) return undefined;
  if (pods.length > 0) return 'its pods are not in the mesh, so that they show none';
  return hasUnknownPlane(caller.namespace)
    ? 'nobody says how it is in the mesh: a Prometheus outside of it shows no identity, and one that connects to pods has to say so'
    : undefined;
}

// Its word for what it offers: `http-metrics`.
function hasMetrics({ name }: Port): boolean {
  return name.split('-').includes('metrics');
}
