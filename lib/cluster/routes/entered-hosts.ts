import { CORE, GATEWAY_API } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { hostOf } from '../services/hosts';
import { backendsOf, gatewayApiRoutes } from './gateway-api-routes';
import { MESH } from './gateway-keys';
import { destinationsOf, virtualServices } from './virtual-services';

const ENTRANCES: readonly string[] = ['Gateway', 'ListenerSet'];

/** Hosts of the Services to which gateways at the edge send what comes in, by routes of either API. */
export function enteredHosts(cluster: Cluster): string[] {
  const routes = gatewayApiRoutes(cluster).filter(({ parents }) =>
    parents.some(({ group, kind }) => group === GATEWAY_API && ENTRANCES.includes(kind)),
  );
  const services = routes.flatMap(backendsOf).filter(({ group, kind }) => group === CORE && kind === 'Service');
  const named = services.map(({ key }) => {
    const [namespaceName, name] = key.split('/');
    return hostOf(cluster, name, namespaceName);
  });
  const bound = virtualServices(cluster).filter(({ gateways }) => gateways.some((gateway) => gateway !== MESH));
  return [...new Set([...named, ...bound.flatMap((one) => destinationsOf(cluster, one).map(({ host }) => host))])];
}
