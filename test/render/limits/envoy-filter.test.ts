import { renderEnvoyFilter } from '../../../lib/render/limits/envoy-filter';

const filter = { name: 'a', typed_config: { '@type': 'b' } };
const manager = { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } };
const patch = { operation: 'INSERT_BEFORE', value: filter };

describe('an EnvoyFilter of a limit', () => {
  it('is for the pods of a service, with a patch for each of their ports', () => {
    expect(renderEnvoyFilter({ podLabels: { app: 'cart' }, podPorts: [8080, 9090] }, filter)).toEqual({
      workloadSelector: { labels: { app: 'cart' } },
      priority: 10,
      configPatches: [8080, 9090].map((destinationPort) => ({
        applyTo: 'HTTP_FILTER',
        match: { context: 'SIDECAR_INBOUND', listener: { filterChain: { destinationPort, filter: manager } } },
        patch,
      })),
    });
  });

  it('is for a gateway by its name, with one patch', () => {
    expect(renderEnvoyFilter({ gatewayName: 'edge' }, filter)).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      priority: 10,
      configPatches: [{ applyTo: 'HTTP_FILTER', match: { context: 'GATEWAY', listener: { filterChain: { filter: manager } } }, patch }],
    });
  });
});
