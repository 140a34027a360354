import { mayReach } from '../../../lib/cluster/routes/reference-grants';
import { clusterFrom } from '../../manifests';

const grant = (to: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: routes, namespace: shop}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to: [${to}]}`;

const from = (namespaceName: string) => ({ kind: 'HTTPRoute', namespaceName });

describe('a backend in another namespace', () => {
  it('is reached where a ReferenceGrant there says so', () => {
    const all = clusterFrom(grant('{group: "", kind: Service}'));
    const one = clusterFrom(grant('{group: "", kind: Service, name: cart}'));
    expect(mayReach(all, from('edge'), 'shop', 'cart')).toBe(true);
    expect(mayReach(all, from('bank'), 'shop', 'cart')).toBe(false);
    expect([mayReach(one, from('edge'), 'shop', 'cart'), mayReach(one, from('edge'), 'shop', 'web')]).toEqual([true, false]);
    expect(mayReach(clusterFrom(), from('edge'), 'shop', 'cart')).toBe(false);
  });

  it('is no other namespace where it is the own', () => {
    expect(mayReach(clusterFrom(), from('shop'), 'shop', 'cart')).toBe(true);
  });
});
