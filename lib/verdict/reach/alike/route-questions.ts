import type { Cluster } from '../../../cluster/cluster';
import { isEmpty, type Labels } from '../../../cluster/objects/fields';
import { hasLabels } from '../../../cluster/objects/selectors';
import { virtualByteRoutes } from '../../../cluster/routes/byte-routes';
import { followedRoutes } from '../../../cluster/routes/delegated-routes';
import { destinationRulesFor } from '../../../cluster/routes/destination-rules';
import { routesUnder } from '../../../cluster/routes/gateway-api-routes';
import type { VirtualService } from '../../../cluster/routes/virtual-services';
import { servicesCovering } from '../../../cluster/services/registry';
import type { MeshService } from '../../../cluster/services/services';
import type { Followed } from '../followed-routes';
import type { Question } from './question';

/** What is told to some namespaces or some pods alone: services, routes, and rules for those who call. */
export function askedByRoutes(cluster: Cluster, { hosts, virtual }: Followed): Question[] {
  return [...hosts.flatMap((host) => ofHost(cluster, host)), ...virtual.flatMap((one) => ofVirtualService(cluster, one))];
}

function ofHost(cluster: Cluster, host: string): Question[] {
  const services = servicesCovering(cluster, host);
  const shown = services.flatMap(({ exportTo, namespaceName }) => exportTo.map((name) => (name === '.' ? namespaceName : name)));
  const routes = services.flatMap(({ kind, key }) => routesUnder(cluster, kind, key));
  const rules = destinationRulesFor(cluster, host).flat();
  // What stands beside the service holds for all that have nothing of their own.
  const own = [...routes, ...rules].filter((one) => !isBeside(services, one)).map(({ namespaceName }) => namespaceName);
  return [...places([...shown, ...own]), ...pods(rules.map(({ selector }) => selector))];
}

function isBeside(services: readonly MeshService[], { namespaceName }: { readonly namespaceName: string }): boolean {
  return services.length > 0 && services.every((service) => service.namespaceName === namespaceName);
}

function ofVirtualService(cluster: Cluster, one: VirtualService): Question[] {
  const ofRequests = followedRoutes(cluster, one).flatMap((route) => route.matches ?? []);
  const matches = [...ofRequests, ...virtualByteRoutes(cluster, one).flatMap((route) => route.matches)];
  const named = matches.flatMap(({ sourceNamespace }) => sourceNamespace ?? []);
  return [...places([...one.exportTo, ...named]), ...pods(matches.map(({ sourceLabels }) => sourceLabels))];
}

function places(names: readonly string[]): Question[] {
  const told = [...new Set(names)].filter((name) => name !== '*');
  return told.map((name) => ({ id: `namespace ${name}`, holds: ({ namespaceName }) => namespaceName === name }));
}

function pods(selectors: readonly Labels[]): Question[] {
  return selectors
    .filter((selector) => !isEmpty(selector))
    .map((selector) => ({ id: `labels ${JSON.stringify(selector)}`, holds: ({ labels }) => hasLabels(labels, selector) }));
}
