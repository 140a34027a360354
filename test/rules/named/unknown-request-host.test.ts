import { unknownRequestHost } from '../../../lib/rules/named/unknown-request-host';
import { findings, raw } from '../model-builder';

const find = (hosts: string, knownNamespaces = ['shop']) =>
  findings(unknownRequestHost, {
    knownNamespaces,
    objects: raw(`
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ port: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ to: [{ operation: { hosts: [${hosts}] } }] }] }
`),
  });

describe(unknownRequestHost.title, () => {
  it('takes Services, hosts of clients and patterns', () => {
    expect(find('cart.shop.svc.cluster.local, "CART.shop.svc.cluster.local:8080", shop.example.com, "*.shop.svc.cluster.local"')).toEqual(
      [],
    );
    expect(find('kart.web.svc.cluster.local')).toEqual([]);
  });

  it('tells of a name of the cluster that nobody has', () => {
    expect(find('cart.shop.svc.cluster.local, kart.shop.svc.cluster.local:8080')).toMatchObject([
      { got: 'kart.shop.svc.cluster.local:8080', field: ['spec', 'rules', 0, 'to', 0, 'operation', 'hosts', 1] },
    ]);
  });
});
