import { droppingFilterIndex } from '../../../lib/cluster/policies/envoy-filters';
import { clusterFrom } from '../../manifests';

const filter = (patch: string, selector = 'workloadSelector: {labels: {app: cart}}, ') => `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: added, namespace: shop}
spec: {${selector}configPatches: [${patch}]}`;
const HTTP =
  '{applyTo: HTTP_FILTER, match: {context: SIDECAR_INBOUND, listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.rbac}}}}}, patch: {operation: REMOVE}}';
const TCP =
  '{applyTo: NETWORK_FILTER, match: {listener: {filterChain: {filter: {name: envoy.filters.network.rbac}}}}, patch: {operation: REMOVE}}';

const dropping = (yaml: string, labels: Readonly<Record<string, string>> = { app: 'cart' }) =>
  droppingFilterIndex(clusterFrom(yaml))
    .onPods(['shop'], labels)
    .map(({ drops }) => drops);

describe('an EnvoyFilter', () => {
  it('tells whether it takes away what enforces policies, for HTTP or for bytes', () => {
    expect(dropping(filter(HTTP))).toEqual([{ http: true, tcp: false }]);
    expect(dropping(filter(TCP, ''))).toEqual([{ http: false, tcp: true }]);
  });

  it('tells whether routes have rules of their own instead', () => {
    const value =
      '{typed_per_filter_config: {envoy.filters.http.rbac: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBACPerRoute}}}';
    const patch = (context: string) => `{applyTo: VIRTUAL_HOST, match: {context: ${context}}, patch: {operation: MERGE, value: ${value}}}`;
    expect(dropping(filter(patch('SIDECAR_INBOUND')))).toEqual([{ http: true, tcp: false }]);
    expect(dropping(filter(patch('SIDECAR_OUTBOUND')))).toEqual([]);
  });

  it('is for the pods that it selects', () => {
    expect(dropping(filter(HTTP), { app: 'web' })).toEqual([]);
  });

  it('is no matter where it adds something, or changes what goes out', () => {
    expect(dropping(filter(HTTP.replace('REMOVE', 'INSERT_BEFORE')))).toEqual([]);
    expect(dropping(filter(HTTP.replace('SIDECAR_INBOUND', 'SIDECAR_OUTBOUND')))).toEqual([]);
    expect(dropping(filter('null, {patch: 1, match: []}'))).toEqual([]);
  });
});
