import { listenersFor } from '../../../lib/cluster/routes/route-listeners';
import { tryGateway } from '../../../lib/cluster/workloads/gateways';
import { clusterFrom } from '../../manifests';

const cluster = clusterFrom(
  `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec:
  gatewayClassName: istio
  listeners:
    - {name: own, port: 80, protocol: HTTP}
    - {name: all, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}}
    - {name: some, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {routes: mine}}}}}`,
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {routes: mine}}',
);

function names(parent: { sectionName?: string; port?: number }, namespaceName: string): { named: string[]; admitting: string[] } {
  const { named, admitting } = listenersFor(cluster, tryGateway(cluster, 'edge/gateway')!, parent, namespaceName);
  return { named: named.map(({ name }) => name), admitting: admitting.map(({ name }) => name) };
}

describe('listeners for a route', () => {
  it('are all that it means, by name and by port', () => {
    expect(names({}, 'edge').named).toEqual(['own', 'all', 'some']);
    expect(names({ sectionName: 'all' }, 'edge').named).toEqual(['all']);
    expect(names({ port: 443 }, 'edge').named).toEqual(['all', 'some']);
    expect(names({ sectionName: 'own', port: 443 }, 'edge').named).toEqual([]);
  });

  it('take routes of their own namespace, of all, or of those with a label', () => {
    expect(names({}, 'edge').admitting).toEqual(['own', 'all']);
    expect(names({}, 'shop').admitting).toEqual(['all', 'some']);
    expect(names({}, 'web').admitting).toEqual(['all']);
  });
});
