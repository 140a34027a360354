import { hasRoutingCallers, namespacesOfRoutingCallers } from '../../../lib/cluster/workloads/routing-callers';
import { clusterFrom } from '../../manifests';

const namespace = (name: string, label: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${label}}}`;
const pods = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ${name}}\nspec: {template: {metadata: {labels: {app: web}}}}`;
const gateway = (name: string, className: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gateway, namespace: ${name}}\nspec: {gatewayClassName: ${className}}`;

describe('callers whose own proxy routes', () => {
  it('are pods with sidecars, and gateways', () => {
    const cluster = clusterFrom(namespace('shop', 'istio-injection: enabled'), pods('shop'), pods('outside'), gateway('edge', 'istio'));
    expect([...namespacesOfRoutingCallers(cluster)]).toEqual(['shop', 'edge']);
    expect(hasRoutingCallers(cluster)).toBe(true);
  });

  it('are none in ambient mode, where a waypoint routes', () => {
    const ambient = namespace('shop', 'istio.io/dataplane-mode: ambient');
    expect(hasRoutingCallers(clusterFrom(ambient, pods('shop'), gateway('shop', 'istio-waypoint')))).toBe(false);
  });
});
