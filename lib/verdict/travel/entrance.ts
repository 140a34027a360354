import type { Cluster } from '../../cluster/cluster';
import { type IstioGateway, type IstioServer, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { hostMatches } from '../../cluster/services/hosts';
import { tryGateway } from '../../cluster/workloads/gateways';
import { titleOf } from '../../cluster/objects/manifest-object';
import type { Speaker } from '../requests/callers';
import type { HostTarget, Request } from '../requests/request';
import type { Refusal } from './plan';

/** The Istio Gateway that a request is said to come through; its key is not that of the pods. */
export function namedGateway({ from }: Request): string {
  return 'gateway' in from ? from.gateway : '';
}

function istioGatewayOf(cluster: Cluster, request: Request): IstioGateway | undefined {
  const key = namedGateway(request);
  return tryGateway(cluster, key) ? undefined : tryIstioGateway(cluster, key);
}

/** The servers of an Istio Gateway that are open for a host at a port. */
export function serversFor(cluster: Cluster, request: Request, { host, port }: HostTarget): readonly IstioServer[] {
  const servers = istioGatewayOf(cluster, request)?.servers ?? [];
  return servers.filter((server) => server.port === port && server.hosts.some((one) => hostMatches(one, host)));
}

/** The scheme that clients use at a port of a gateway. */
export function schemeAt(cluster: Cluster, request: Request, { key }: Speaker, to: HostTarget): 'http' | 'https' {
  const listeners = tryGateway(cluster, key)?.listeners ?? [];
  const isTls =
    listeners.some(({ port, protocol }) => port === to.port && protocol === 'HTTPS') ||
    serversFor(cluster, request, to).some((server) => server.isTls);
  return isTls ? 'https' : 'http';
}

/** A server that sends all plain requests on to HTTPS. */
export function redirectedByServer(cluster: Cluster, request: Request, to: HostTarget): Refusal | undefined {
  const gateway = istioGatewayOf(cluster, request);
  if (!gateway || !serversFor(cluster, request, to).some(({ redirects, isTls }) => redirects && !isTls)) return undefined;
  const { object } = gateway;
  const answer = { status: 301, location: `https://${to.host}${request.path ?? '/'}` };
  return { layer: 'routing', by: titleOf(object), object, answer };
}
