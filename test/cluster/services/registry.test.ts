import { misspelledService, serviceOf } from '../../../lib/cluster/services/registry';
import { clusterFrom } from '../../manifests';

const entry = (name: string, host: string, rest = '', namespace = 'shop') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: ${namespace}}
spec: {hosts: ["${host}"]${rest}}`;

describe('what stands behind a host', () => {
  const cluster = clusterFrom(
    '{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}',
    entry('all', '*.example.com'),
    entry('api', 'api.example.com'),
    entry('own', 'own.example.org', ", exportTo: ['.']"),
    entry('capitals', 'Cards.example.org'),
  );
  const nameOf = (host: string, viewer?: string) => serviceOf(cluster, host, viewer)?.name;

  it('is the Service or the ServiceEntry of the name', () => {
    expect(nameOf('cart.shop.svc.cluster.local')).toBe('cart');
    expect(nameOf('api.example.com')).toBe('api');
    expect(nameOf('cart')).toBeUndefined();
  });

  it('is a wildcard where nothing is closer', () => {
    expect(nameOf('www.example.com')).toBe('all');
  });

  it('is what a namespace is told of', () => {
    expect(nameOf('own.example.org', 'shop')).toBe('own');
    expect(nameOf('own.example.org', 'bank')).toBeUndefined();
    expect(nameOf('own.example.org')).toBe('own');
  });

  it('is nothing where a ServiceEntry writes capitals, for requests say small letters', () => {
    expect(nameOf('cards.example.org')).toBeUndefined();
    expect(misspelledService(cluster, 'cards.example.org')?.name).toBe('capitals');
    expect(misspelledService(cluster, 'api.example.com')).toBeUndefined();
  });
});
