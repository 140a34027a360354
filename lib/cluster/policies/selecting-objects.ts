import { EXTENSIONS, NETWORKING, SECURITY, TELEMETRY } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { objectsOf } from '../objects/objects-by-kind';
import { perCluster } from '../per-cluster';
import { type Attached, readAttached } from './attachments';

/** Kinds of which each object is for the pods that it picks, as `group/Kind`. */
export const SELECTING_KINDS = [
  `${SECURITY}/AuthorizationPolicy`,
  `${SECURITY}/RequestAuthentication`,
  `${SECURITY}/PeerAuthentication`,
  `${EXTENSIONS}/TrafficExtension`,
  `${EXTENSIONS}/WasmPlugin`,
  `${TELEMETRY}/Telemetry`,
  `${NETWORKING}/DestinationRule`,
  `${NETWORKING}/EnvoyFilter`,
  `${NETWORKING}/ProxyConfig`,
  `${NETWORKING}/ServiceEntry`,
  `${NETWORKING}/Sidecar`,
];

/** All objects that pick pods by their labels, or name targets instead. */
export const selectingObjects = perCluster((cluster: Cluster): readonly Attached[] =>
  SELECTING_KINDS.map((kind) => kind.split('/'))
    .flatMap(([group, kind]) => objectsOf(cluster, group, kind))
    .map(readAttached),
);
