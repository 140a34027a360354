import { NETWORKING, TELEMETRY } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { groupKindOf } from '../../cluster/objects/manifest-object';
import type { Attached } from '../../cluster/policies/attachments';
import { SELECTING_KINDS, selectingObjects } from '../../cluster/policies/selecting-objects';
import { sidecarScopeOf } from '../../cluster/policies/sidecar-scopes';
import { servicesIn } from '../../cluster/services/services';
import { waypointNameOf } from '../../cluster/services/waypoints';
import type { Proxy } from '../../cluster/workloads/proxies';
import { pickedPods } from '../../cluster/workloads/picked-pods';
import type { MeshModel } from '../../model/mesh-model';
import { labelText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { fieldPaths, POD_LABELS, WORKLOADS } from '../comparison';
import { knowsPods, picksNobody } from './pods/known-pods';
import { isRaw } from '../owners';
import { isForNoReader, readsByLabels } from './pods/readers';
import { rule } from '../rule';

export const unreadObject = rule({
  code: 'MESH116',
  level: 'warning',
  title: 'object that picks no pod, or pods that do not read it',
  compares: [
    { kinds: SELECTING_KINDS, fields: ['spec targetRefs', ...fieldPaths(['spec'], ['selector', 'workloadSelector'])], made: false },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    for (const one of selectingObjects(clusterOf(model)).filter(isRaw)) {
      const wrong = picksNobody(model, one) ? picked(model, one) : (unread(clusterOf(model), one) ?? overruled(model, one));
      if (wrong) report({ on: one.object, ...wrong });
    }
  },
});

const SIDECAR = `${NETWORKING}/Sidecar`;

interface Wrong {
  readonly message: string;
  readonly got: string;
  readonly fix: string;
  readonly yamlFix?: string;
}

function picked(model: MeshModel, { title, namespaceName, selector }: Attached): Wrong {
  const pods = pickedPods(clusterOf(model), namespaceName, {});
  const [key] = Object.keys(selector);
  const there = [...new Set(pods.flatMap(({ labels }) => labels[key] ?? []))].sort();
  return {
    message: `${title} picks no pod of namespace ${namespaceName}: nobody obeys it`,
    got: labelText(selector),
    fix:
      there.length > 0
        ? `write labels that pods there have, such as ${key}=${there[0]}`
        : 'write labels that pods there have, or remove it',
  };
}

function unread(cluster: Cluster, one: Attached): Wrong | undefined {
  const { object, title, selector, targets } = one;
  const reads = READERS[groupKindOf(object)];
  if (!reads || targets.length > 0 || !isForNoReader(cluster, one, reads(cluster, one))) return undefined;
  return {
    message: `${title} has no effect: its pods are in ambient mode, and ztunnel reads no ${object.kind}`,
    got: isEmpty(selector) ? 'no selector' : labelText(selector),
    fix: object.kind === 'Telemetry' ? 'attach it to the Service with targetRefs, or remove it' : 'remove it',
  };
}

/** A Sidecar for a namespace of which every pod has one of its own. */
function overruled(model: MeshModel, { object, title, namespaceName, selector }: Attached): Wrong | undefined {
  const cluster = clusterOf(model);
  if (groupKindOf(object) !== SIDECAR || !isEmpty(selector) || !knowsPods(model, namespaceName)) return undefined;
  const pods = pickedPods(cluster, namespaceName, {}).filter(({ proxy }) => proxy.routesForPods);
  const own = pods.map(({ labels }) => sidecarScopeOf(cluster, namespaceName, labels)).filter((scope) => scope && !isEmpty(scope.selector));
  if (own.length === 0 || own.length < pods.length) return undefined;
  return {
    message: `${title} has no effect: each workload of namespace ${namespaceName} has a Sidecar of its own`,
    got: own.map((scope) => scope!.title).join(', '),
    fix: 'remove it; in a ZeroTrustNamespace calls say what a workload knows',
    yamlFix: 'remove it, or one of the others',
  };
}

/** Proxies that read an object of a kind. A waypoint reads a Telemetry for a whole namespace, also for services of another. */
const READERS: Readonly<Record<string, (cluster: Cluster, one: Attached) => (proxy: Proxy) => boolean>> = {
  [SIDECAR]: () => (proxy) => proxy.routesForPods,
  [`${TELEMETRY}/Telemetry`]: (cluster, { namespaceName, selector }) => {
    const isAtWaypoint =
      isEmpty(selector) && servicesIn(cluster, namespaceName).some((service) => waypointNameOf(cluster, service) !== undefined);
    return isAtWaypoint ? () => true : readsByLabels;
  },
};
