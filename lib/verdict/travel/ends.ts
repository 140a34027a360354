import type { Cluster } from '../../cluster/cluster';
import { textOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { hasLabels } from '../../cluster/objects/selectors';
import { gatewaysBehind, podPort, podsPicked } from '../../cluster/services/endpoints';
import { isHeadless, type MeshService, type ServicePort } from '../../cluster/services/services';
import { type WrittenEndpoint, writtenEndpoints, writtenPort } from '../../cluster/services/written-endpoints';
import type { Pod, Workload } from '../../cluster/workloads/workloads';
import { asPicked, type Speaker } from '../requests/callers';
import type { Destination } from '../routes/route-table';

/** One of those behind a service among whom is picked. */
export interface End {
  readonly pod?: Workload;
  /** The proxy of a gateway, which is no end of a way. */
  readonly gateway?: Pod;
  /** Of an address that somebody has written. */
  readonly written?: WrittenEndpoint;
  /** The port behind; undefined where there is none of its name. */
  readonly number?: number;
  readonly weight: number;
}

/** Who picks: a proxy of the mesh for its pod, or the network of the cluster. */
export interface Picker {
  readonly source: Speaker;
  readonly isPlaintext?: boolean;
}

/** All that a port of a service leads to, by what its selector picks and by what somebody has written. */
export function endsBehind(
  cluster: Cluster,
  picker: Picker,
  { labels = {} }: Destination,
  service: MeshService,
  port: ServicePort,
): readonly End[] {
  const dials = dialsPods(picker.source, service);
  const picked = podsPicked(cluster, service)
    .filter((pod) => hasLabels(pod.labels, labels) && isToldOf(picker, pod, service))
    .map((pod): End => ({ ...asEnd(cluster, pod), number: dials ? port.number : podPort(port, pod), weight: pod.replicas }));
  const made = gatewaysBehind(cluster, service)
    .filter((pod) => hasLabels(pod.labels, labels))
    .map((gateway): End => ({ gateway, number: dials ? port.number : podPort(port, gateway), weight: gateway.replicas }));
  const written = (writtenEndpoints(cluster, service) ?? [])
    .filter((one) => hasLabels(one.workload?.labels ?? {}, labels))
    .map((one): End => ({
      ...(one.workload && asEnd(cluster, one.workload)),
      written: one,
      number: dials ? port.number : numberOf(picker, one, port),
      weight: 1,
    }))
    .filter(({ number }) => number !== undefined);
  const others = written.filter((one) => !keyOf(one) || picked.every((other) => keyOf(other) !== keyOf(one)));
  return withPort([...picked, ...made, ...others]);
}

/** Who has no port of that name is none of them, where somebody has. */
function withPort(ends: readonly End[]): readonly End[] {
  const known = ends.filter(({ number }) => number !== undefined);
  return known.length > 0 ? known : ends;
}

const keyOf = ({ pod, gateway }: End): string | undefined => (pod ?? gateway)?.key;

function asEnd(cluster: Cluster, workload: Workload): Pick<End, 'pod' | 'gateway'> {
  const picked = asPicked(cluster, workload);
  return picked.proxy.isDoor ? { gateway: picked } : { pod: workload };
}

/** Of machines proxies of the mesh are told, and neither the network of the cluster nor DNS; by names only where DNS is asked for them. */
function isToldOf({ source, isPlaintext }: Picker, { isOutside, isNamed }: Workload, service: MeshService): boolean {
  if (!isOutside) return true;
  if (service.kind === 'ServiceEntry') return !isNamed || textOf(specOf(service.object).resolution) !== 'STATIC';
  return !isNamed && !isPlaintext && source.proxy.isInMesh && !isHeadless(service);
}

/** Who dials pods by their addresses says the port that the Service has; a gateway and a waypoint know the one behind. */
function dialsPods({ proxy }: Speaker, service: MeshService): boolean {
  return isHeadless(service) && !proxy.isDoor && !proxy.routesForOthers;
}

/** istiod tells ztunnel of a pod by the pod's own ports, whatever is written beside its name. */
function numberOf({ source }: Picker, written: WrittenEndpoint, port: ServicePort): number | undefined {
  const isByPod = source.proxy.passesWaypoints && written.pod !== undefined && written.workload !== undefined;
  return isByPod ? podPort(port, written.workload) : writtenPort(written, port);
}
