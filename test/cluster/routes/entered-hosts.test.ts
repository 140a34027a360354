import { enteredHosts } from '../../../lib/cluster/routes/entered-hosts';
import { cluster, virtualService } from '../../verdict/fixtures';

const route = (kind: string, parent: string, name: string) => `
---
{apiVersion: gateway.networking.k8s.io/v1, kind: ${kind}, metadata: {name: ${name}, namespace: shop},
  spec: {parentRefs: [${parent}], rules: [{backendRefs: [{name: ${name}, port: 8080}]}]}}`;
const entered = (...manifests: string[]) => enteredHosts(cluster(manifests.join('')));

describe('hosts to which gateways send what comes in', () => {
  it('are those of routes whose parent is a gateway, of whatever kind', () => {
    const theirs =
      route('TCPRoute', '{kind: ListenerSet, name: tenants}', 'db') + route('HTTPRoute', '{name: public, namespace: edge}', 'cart');
    expect(entered(theirs, route('HTTPRoute', '{kind: Service, group: "", name: cart}', 'product')).sort()).toEqual([
      'cart.shop.svc.cluster.local',
      'db.shop.svc.cluster.local',
    ]);
  });

  it('are those of VirtualServices that are bound to more than the mesh', () => {
    const spec = (gateways: string) => `hosts: [a.example.com], gateways: [${gateways}], http: [{route: [{destination: {host: cart}}]}]`;
    expect(entered(virtualService('cart', spec('edge/public')))).toEqual(['cart.shop.svc.cluster.local']);
    expect(entered(virtualService('cart', spec('mesh')))).toEqual([]);
  });
});
