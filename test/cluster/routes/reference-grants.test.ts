import { mayReach } from '../../../lib/cluster/routes/reference-grants';
import { clusterFrom } from '../../manifests';

const grant = (to: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: routes, namespace: shop}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to: [${to}]}`;

describe('a backend in another namespace', () => {
  it('is reached where a ReferenceGrant there says so', () => {
    const all = clusterFrom(grant('{group: "", kind: Service}'));
    const one = clusterFrom(grant('{group: "", kind: Service, name: cart}'));
    expect(mayReach(all, 'edge', 'shop', 'cart')).toBe(true);
    expect(mayReach(all, 'bank', 'shop', 'cart')).toBe(false);
    expect([mayReach(one, 'edge', 'shop', 'cart'), mayReach(one, 'edge', 'shop', 'web')]).toEqual([true, false]);
    expect(mayReach(clusterFrom(), 'edge', 'shop', 'cart')).toBe(false);
  });

  it('is no other namespace where it is the own', () => {
    expect(mayReach(clusterFrom(), 'shop', 'shop', 'cart')).toBe(true);
  });
});
