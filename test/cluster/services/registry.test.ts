import { misspelledService, rivalOf, serviceOf } from '../../../lib/cluster/services/registry';
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
  const nameOf = (host: string, viewer?: string) => serviceOf(cluster, host, { viewer })?.name;

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

  describe('of which several ServiceEntries speak', () => {
    const HOST = 'both.example.com';
    const port = (name: string) => `, resolution: DNS, ports: [{number: 80, name: ${name}, protocol: HTTP}]`;
    const several = clusterFrom(
      entry('one', HOST, port('http'), 'bank'),
      entry('two', HOST, port('http'), 'shop'),
      entry('three', HOST, port('http'), 'shop'),
      entry('four', 'own.example.com', port('http'), 'edge'),
      entry('five', 'own.example.com', port('other'), 'edge'),
      entry('cart', 'cart.shop.svc.cluster.local', port('http'), 'bank'),
      '{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}',
    );

    it('is the one at home', () => {
      expect(serviceOf(several, HOST, { home: 'shop' })?.namespaceName).toBe('shop');
      expect(rivalOf(several, HOST, { home: 'shop' })).toBeUndefined();
      expect(serviceOf(several, HOST, { home: 'bank' })?.name).toBe('one');
    });

    it('is the one of another namespace that is older, whichever that is', () => {
      expect(rivalOf(several, HOST, { home: 'edge' })).toBeDefined();
      expect(rivalOf(several, HOST, { home: 'edge', viewer: 'edge' })).toBeDefined();
    });

    it('is the older one of a namespace, where they do not say the same', () => {
      expect(rivalOf(several, 'own.example.com', { home: 'edge' })).toBeDefined();
    });

    it('may be one without an address, of which ztunnel is told nothing', () => {
      const needing = { home: 'edge', needsAddress: true };
      const open = (...more: string[]) => clusterFrom(entry('one', HOST, port('http'), 'bank'), ...more);
      expect(rivalOf(open(entry('two', HOST, '', 'bank')), HOST, needing)?.name).toBe('two');
      expect(rivalOf(open(entry('two', HOST, '', 'shop')), HOST, needing)).toBeUndefined();
      expect(rivalOf(open(), HOST, needing)).toBeUndefined();
    });

    it('is a Service before all of them', () => {
      expect(serviceOf(several, 'cart.shop.svc.cluster.local', { home: 'bank' })?.kind).toBe('Service');
      expect(rivalOf(several, 'cart.shop.svc.cluster.local', { home: 'bank' })).toBeUndefined();
    });
  });

  it('is nothing where a ServiceEntry writes capitals, for requests say small letters', () => {
    expect(nameOf('cards.example.org')).toBeUndefined();
    expect(misspelledService(cluster, 'cards.example.org')?.name).toBe('capitals');
    expect(misspelledService(cluster, 'api.example.com')).toBeUndefined();
  });
});
