import type { Cluster } from '../../cluster/cluster';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { perCluster } from '../../cluster/per-cluster';
import { authorizationPolicies } from '../../cluster/policies/authorization-policies';
import { routesUnder } from '../../cluster/routes/gateway-api-routes';
import { istioGateways } from '../../cluster/routes/istio-gateways';
import { virtualServices } from '../../cluster/routes/virtual-services';
import { type GatewayProxy, gatewaysOf, listenersOf } from '../../cluster/workloads/gateways';
import type { ManifestObject } from '../../model/mesh-model';
import { sortedBy } from '../../support/ordering';
import { tryGatewayPod } from '../requests/callers';
import { narrower } from '../routes/virtual-hosts';

/** A host under which a gateway may be asked on one of its ports. */
export interface GatewayHost {
  /** `namespace/name` of a Gateway of either kind. */
  readonly gateway: string;
  /** One of those that are meant, where a pattern is. */
  readonly host: string;
  readonly port: number;
  /** What opens the port. */
  readonly object: ManifestObject;
}

/** All hosts that listeners, routes or policies tell apart, on each port that is open for them. */
export const hostsAtGateways = perCluster((cluster: Cluster): readonly GatewayHost[] => {
  const asked = policyHosts(cluster);
  const found = [...ofKubernetes(cluster, asked), ...ofIstio(cluster, asked)];
  const names = ({ gateway, host, port }: GatewayHost): string => `${gateway} ${host} ${port}`;
  return sortedBy(new Map(found.map((one) => [names(one), one])).values(), names);
});

/** A gateway that is there for a host by its name; one that takes any host is there for none. */
export function gatewayServing(cluster: Cluster, host: string): GatewayHost | undefined {
  return byHost(cluster).get(host.toLowerCase());
}

const byHost = perCluster((cluster: Cluster) => new Map([...hostsAtGateways(cluster)].reverse().map((one) => [one.host, one] as const)));

function ofKubernetes(cluster: Cluster, asked: readonly string[]): GatewayHost[] {
  return gatewaysOf(cluster)
    .filter(({ proxy }) => proxy.isDoor)
    .flatMap((gateway) => {
      const named = [...routedHosts(cluster, gateway), ...asked];
      return listenersOf(cluster, gateway).flatMap(({ port, hostname = '*' }) => at(gateway, port, [hostname], named));
    });
}

function routedHosts(cluster: Cluster, gateway: GatewayProxy): string[] {
  const sets = listenersOf(cluster, gateway).map(({ parent }) => parent);
  const parents = new Map([{ kind: 'Gateway', key: gateway.key }, ...sets].map(({ kind, key }) => [`${kind} ${key}`, { kind, key }]));
  return [...parents.values()].flatMap(({ kind, key }) =>
    routesUnder(cluster, kind, key).flatMap(({ object }) => textsOf(specOf(object).hostnames)),
  );
}

function ofIstio(cluster: Cluster, asked: readonly string[]): GatewayHost[] {
  return istioGateways(cluster)
    .filter(({ key }) => tryGatewayPod(cluster, key))
    .flatMap((gateway) => {
      const bound = virtualServices(cluster).filter(({ gateways }) => gateways.includes(gateway.key));
      const named = [...bound.flatMap(({ hosts }) => hosts), ...asked];
      return gateway.servers.flatMap(({ port, hosts }) => at(gateway, port, hosts, named));
    });
}

function at(
  { key, object }: Pick<GatewayProxy, 'key' | 'object'>,
  port: number | undefined,
  open: readonly string[],
  named: readonly string[],
): GatewayHost[] {
  if (port === undefined) return [];
  const hosts = open.flatMap((host) => [host, ...named.flatMap((name) => narrower(host, name) ?? [])]);
  return [...new Set(hosts.map((host) => exampleOf(host.toLowerCase())))].map((host) => ({ gateway: key, host, port, object }));
}

/** A host that a pattern takes and that nobody has named. */
function exampleOf(host: string): string {
  return host === '*' ? 'any-host.example' : host.replace(/^\*\./, 'any-host.');
}

/** A policy at a gateway may tell hosts apart that no route does. */
function policyHosts(cluster: Cluster): string[] {
  const clauses = authorizationPolicies(cluster).flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const hosts = clauses.flatMap(({ hosts: some = [], notHosts: others = [] }) => [...some, ...others]);
  // With its port a policy means the same host on another one.
  return [...new Set(hosts.map((host) => host.replace(/:\d+$/, '')))].filter((host) => /^(\*\.)?[\w.-]+$/.test(host));
}
