import { podsBehind } from '../../cluster/services/endpoints';
import { isHeadless, type MeshService, servicesOf } from '../../cluster/services/services';
import { type Workload, workloadsUnder } from '../../cluster/workloads/workloads';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { partyText, portText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { perModel } from '../per-model';
import { hasSidecars, isAmbient } from '../planes';
import { rule } from '../rule';

export const sidecarToPods = rule({
  code: 'MESH221',
  level: 'error',
  title: 'caller with a sidecar connects to pods',

  check(model, report) {
    const cluster = clusterOf(model);
    for (const call of model.calls.filter(({ toPods }) => toPods)) {
      const { caller, callee } = call;
      const ports = call.ports.filter(({ targetPort }) => !isKnownAtPods(model, call, targetPort));
      const pods = caller.cluster === undefined ? workloadsUnder(cluster, caller.namespaceName, caller.serviceAccountName ?? '') : [];
      if (ports.length === 0 || !(pods.some(hasItsTrafficTaken) || isSaidToFail(call))) continue;
      report({
        on: call,
        message: `${partyText(caller)} has a sidecar, which knows Services and not the addresses of pods: what is sent to these arrives in plaintext at ${partyText(callee)}, or nowhere, and no policy lets it in`,
        got: `toPods to port ${portText(ports)}`,
        fix: isAmbient(callee.namespace) ? USE_SERVICE : `${USE_SERVICE}; for bytes, write a headless Service over the pods with this port`,
      });
    }
  },
});

// Traffic that the annotations of its pods keep from the sidecar is the caller's own business: Prometheus shows the certificate itself.
const OUTBOUND = /^traffic\.sidecar\.istio\.io\/(in|ex)cludeOutbound/;

function hasItsTrafficTaken({ proxy, annotations }: Workload): boolean {
  return proxy.routesForPods && !Object.keys(annotations).some((name) => OUTBOUND.test(name));
}

// Where nobody has seen its pods, it may show its certificate itself, to a sidecar. ztunnel takes identities by tunnels alone.
function isSaidToFail({ caller, callee }: CallModel): boolean {
  return caller.kind === 'identity' && hasSidecars(caller.namespace) && isAmbient(callee.namespace);
}

const USE_SERVICE = 'leave toPods out, and let the caller use the Service';

/** Istio tells sidecars the address of every pod behind a headless Service, with its ports that do not speak HTTP; not that there is a tunnel to it. */
function isKnownAtPods(model: MeshModel, { callee }: CallModel, port: number): boolean {
  if (isAmbient(callee.namespace)) return false;
  const pods = headlessByPods(model).get(`${callee.namespaceName}/${callee.podLabels?.app}`) ?? [];
  return pods.some(({ ports }) => ports.some(({ number, isHttp }) => number === port && !isHttp));
}

const headlessByPods = perModel((model) => {
  const cluster = clusterOf(model);
  const headless = servicesOf(cluster).filter(isHeadless);
  const pairs = headless.flatMap((service) => podsBehind(cluster, service).map((pod): [Workload, MeshService] => [pod, service]));
  const groups = groupedBy(pairs, ([{ namespaceName, labels }]) => `${namespaceName}/${labels.app}`);
  return new Map([...groups].map(([app, found]) => [app, found.map(([, service]) => service)]));
});
