import { GATEWAY_NAME } from '../../istio/labels';
import { HEALTH } from '../../istio/ports';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { labelsOf, valueAt } from '../objects/fields';
import { labelsOfObject, specOf } from '../objects/manifest-object';
import { gatewaysOf, type GatewayProxy, listenersOf } from '../workloads/gateways';
import { speechOf } from './protocols';
import type { MeshService, ServicePort } from './services';

/** The Services that istiod makes for Gateways at the edge, by their hosts: no manifest has them. */
export const madeServices = perCluster((cluster: Cluster): ReadonlyMap<string, MeshService> => {
  const doors = gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor);
  return new Map(doors.map((gateway) => [gateway.host, serviceFor(cluster, gateway)]));
});

function serviceFor(cluster: Cluster, gateway: GatewayProxy): MeshService {
  const { object, namespaceName, host } = gateway;
  const [name] = host.split('.');
  const asked = valueAt(specOf(object), 'infrastructure', 'labels');
  return {
    object,
    kind: 'Service',
    key: `${namespaceName}/${name}`,
    name,
    namespaceName,
    labels: asked === undefined ? labelsOfObject(object) : labelsOf(asked),
    hosts: [host],
    ports: portsOf(cluster, gateway),
    selector: { [GATEWAY_NAME]: object.name },
    hasAddress: true,
    exportTo: ['*'],
  };
}

/** A port for each that some listener opens, under the name and in the speech of the first, beside the one for health. */
function portsOf(cluster: Cluster, gateway: GatewayProxy): ServicePort[] {
  const listeners = listenersOf(cluster, gateway).flatMap(({ name, port, protocol }) =>
    port === undefined ? [] : [{ name, number: port, appProtocol: protocol.toLowerCase() }],
  );
  const all = [{ name: 'status-port', number: HEALTH, appProtocol: 'tcp' }, ...listeners];
  return all
    .filter(({ number }, index) => all.findIndex((one) => one.number === number) === index)
    .map((words) => ({ ...words, target: words.number, protocol: 'TCP', isHttp: speechOf({ ...words, protocol: 'TCP' }) !== 'bytes' }));
}
