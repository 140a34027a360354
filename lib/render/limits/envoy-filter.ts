import * as networking from '../../../imports/networking.istio.io';
import { GATEWAY_API } from '../../istio/api-groups';
import type { LimitPlace } from '../../model/limits/limits';

type Fields = Readonly<Record<string, unknown>>;

/** A filter for HTTP, as Envoy's configuration writes it. */
export type HttpFilter = Fields;

// Patches that go by a place among others have an order only if they say one.
const PRIORITY = 10;

const MANAGER = { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } };

/**
 * Puts a filter last before the router: behind authentication and authorization, so that only requests that pass them count. At sidecars it goes by the port of
 * the pod, which chains for mutual TLS, plaintext and the inside of tunnels have in common, and the end of a tunnel itself does not have.
 */
export function renderEnvoyFilter(place: LimitPlace, filter: HttpFilter): networking.EnvoyFilterSpec {
  if ('gatewayName' in place) {
    const targetRefs = [{ group: GATEWAY_API, kind: 'Gateway', name: place.gatewayName }];
    const by = place.gatewayPods ? { workloadSelector: { labels: { ...place.gatewayPods } } } : { targetRefs };
    return { ...by, priority: PRIORITY, configPatches: [patch('GATEWAY', { filter: MANAGER }, filter)] };
  }
  const configPatches = place.podPorts.map((destinationPort) => patch('SIDECAR_INBOUND', { destinationPort, filter: MANAGER }, filter));
  return { workloadSelector: { labels: place.podLabels }, priority: PRIORITY, configPatches };
}

function patch(context: string, filterChain: Fields, value: HttpFilter): networking.EnvoyFilterSpecConfigPatches {
  const written = { applyTo: 'HTTP_FILTER', match: { context, listener: { filterChain } }, patch: { operation: 'INSERT_BEFORE', value } };
  return written as networking.EnvoyFilterSpecConfigPatches;
}
