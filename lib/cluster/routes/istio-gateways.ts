import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Labels, labelsOf, listOf, numberOf, textsOf, valueAt } from '../objects/fields';
import { keyOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type Workload, workloadsAnywhereWith } from '../workloads/workloads';

/** A Gateway of Istio's own API, which opens ports on pods that somebody else makes. */
export interface IstioGateway {
  readonly object: ManifestObject;
  readonly key: string;
  readonly selector: Labels;
  readonly servers: readonly { readonly port?: number; readonly hosts: readonly string[] }[];
}

const byKey = perCluster((cluster: Cluster): ReadonlyMap<string, IstioGateway> => {
  const gateways = objectsOf(cluster, NETWORKING, 'Gateway').map(readGateway);
  return new Map(gateways.map((gateway) => [gateway.key, gateway]));
});

function readGateway(object: ManifestObject): IstioGateway {
  const { selector, servers } = specOf(object);
  return {
    object,
    key: keyOf(object),
    selector: labelsOf(selector),
    servers: listOf(servers).map(({ port, hosts }) => ({
      port: numberOf(valueAt(port, 'number')),
      // `namespace/host` limits whose routes are taken.
      hosts: textsOf(hosts).map((host) => host.slice(host.indexOf('/') + 1)),
    })),
  };
}

/** The Istio Gateway `namespace/name`. */
export function tryIstioGateway(cluster: Cluster, key: string): IstioGateway | undefined {
  return byKey(cluster).get(key);
}

/** The pods that an Istio Gateway picks, whatever their namespace; the first workload stands for all. */
export function podsOfGateway(cluster: Cluster, { selector }: IstioGateway): Workload | undefined {
  return workloadsAnywhereWith(cluster, selector)[0];
}
