import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import { type IstioGateway, istioGateways, podsOfGateway } from '../../cluster/routes/istio-gateways';
import { virtualServices } from '../../cluster/routes/virtual-services';
import { serviceOf } from '../../cluster/services/registry';
import type { MeshService } from '../../cluster/services/services';
import { tryGateway } from '../../cluster/workloads/gateways';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';

/** Gateways whose pods are in no manifest, as those of Istio's own installation: nobody can tell what passes there. */
export function blindDoorsIn(cluster: Cluster): IstioGateway[] {
  return istioGateways(cluster).filter((gateway) => !tryGateway(cluster, gateway.key) && podsOfGateway(cluster, gateway) === undefined);
}

/** Where routes lead that are bound to such a gateway. */
export interface BlindWay {
  readonly service: MeshService;
  readonly hosts: readonly string[];
  readonly port: number;
  readonly routedBy: readonly ManifestObject[];
}

export function blindWaysFrom(cluster: Cluster, { key }: IstioGateway): BlindWay[] {
  const bound = virtualServices(cluster).filter(({ gateways }) => gateways.includes(key));
  const ways = bound.flatMap((virtual) =>
    followedRoutes(cluster, virtual).flatMap(({ destinations }) =>
      destinations.flatMap(({ host, port }) => {
        const service = serviceOf(cluster, host.toLowerCase());
        return service ? [{ service, hosts: virtual.hosts, port: port ?? service.ports[0]?.number ?? 0, object: virtual.object }] : [];
      }),
    ),
  );
  return [...groupedBy(ways, ({ service, port }) => `${service.kind} ${service.key}:${port}`).values()].map((some) => ({
    service: some[0].service,
    port: some[0].port,
    hosts: [...new Set(some.flatMap(({ hosts }) => hosts))],
    routedBy: [...new Set(some.map(({ object }) => object))],
  }));
}

export function blindness({ object }: Pick<IstioGateway, 'object'>): string {
  return `no manifest has the pods of ${titleOf(object)}`;
}
