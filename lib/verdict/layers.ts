import type { Cluster } from '../cluster/cluster';
import { groupOf } from '../cluster/objects/manifest-object';
import { KUBERNETES_NETWORKING, NETWORKING, SECURITY } from '../istio/api-groups';

/** What decides by objects of its own. */
export type DecidingLayer = 'network' | 'authorization' | 'mtls' | 'scope';

const KINDS: Readonly<Record<DecidingLayer, readonly string[]>> = {
  network: [`${KUBERNETES_NETWORKING}/NetworkPolicy`],
  authorization: [`${SECURITY}/AuthorizationPolicy`, `${SECURITY}/RequestAuthentication`],
  mtls: [`${SECURITY}/PeerAuthentication`],
  scope: [`${NETWORKING}/Sidecar`],
};

/** The cluster without the objects of some layers, to see what the others do alone. */
export function without(cluster: Cluster, ...layers: readonly DecidingLayer[]): Cluster {
  const gone = layers.flatMap((layer) => KINDS[layer]);
  return { ...cluster, objects: cluster.objects.filter((object) => !gone.includes(`${groupOf(object)}/${object.kind}`)) };
}
