import { ANYONE } from '../../../lib/graph/anyone';
import type { Hop } from '../../../lib/model/hop';
import { SIDECAR } from '../../../lib/planes/sidecar/sidecar';
import { call, GET_ITEMS, namespaceState, HTTP, identity, other, service, TCP } from '../../rules/model-builder';

const cart = service('cart', { ports: [{ ...HTTP, number: 80, targetPort: 8080 }] });
const web = service('web');

const hop = (...parts: Parameters<typeof call>): Hop => {
  const hops = SIDECAR.hops(call(...parts));
  expect(hops).toHaveLength(1);
  return hops[0];
};

describe('a call to a service with sidecars', () => {
  it('is one connection, on the port of the pods, which the callee’s own proxy checks', () => {
    expect(hop(web, cart)).toEqual({
      from: { key: 'shop/web', namespaceName: 'shop', podLabels: { app: 'web' } },
      to: { key: 'shop/cart', namespaceName: 'shop', podLabels: { app: 'cart' } },
      networkPorts: [8080],
      enforcement: {
        attachment: { selector: { app: 'cart' } },
        namespaceName: 'shop',
        principal: 'cluster.local/ns/shop/sa/web',
        ports: [8080],
        readsHttp: true,
        http: undefined,
      },
    });
  });

  it('is checked by request where all of its ports speak HTTP', () => {
    expect(hop(web, cart, { http: [GET_ITEMS] }).enforcement).toMatchObject({ readsHttp: true, http: [GET_ITEMS] });
    expect(hop(web, cart, { ports: [HTTP, TCP] }).enforcement).toMatchObject({ readsHttp: false, ports: [8080, 5432] });
  });

  it('comes by the tunnel’s port from callers in ambient, on either from who is known by an identity alone', () => {
    const ambient = service('web', { namespace: namespaceState('front', 'ambient') });
    expect([hop(ambient, cart), hop(identity('legacy', 'web'), cart)].map(({ networkPorts }) => networkPorts)).toEqual([
      [15008],
      [8080, 15008],
    ]);
  });

  it('comes from a gateway on the port of the pods, in whatever namespace that runs', () => {
    expect(hop(other('gateway', 'edge', { namespace: namespaceState('edge', 'ambient') }), cart).networkPorts).toEqual([8080]);
  });

  it('may come from anyone, of whom nothing is asked but an identity', () => {
    expect(hop(ANYONE, cart)).toMatchObject({ from: {}, enforcement: { principal: undefined } });
  });
});

describe('a namespace with sidecars', () => {
  it('is injected by the default revision, or by the one that it names and no other', () => {
    expect(SIDECAR.namespaceLabels(undefined)).toEqual({ 'istio-injection': 'enabled' });
    expect(SIDECAR.namespaceLabels('canary')).toEqual({ 'istio.io/rev': 'canary' });
  });

  // The caller's proxy routes before the callee's own asks its policies.
  describe('whose route changes paths', () => {
    const change = { of: '/shop', to: '/' };
    const pathRules = [{ at: { type: 'PathPrefix', value: '/shop' } as const, isConditional: false, change }];
    const shaped = service('cart', { pathRules });
    const http = [{ methods: [], paths: ['/shop/items/*'] }];
    const seen = (caller: Parameters<typeof call>[0], parts: Parameters<typeof call>[2] = {}) =>
      hop(caller, shaped, { http, ...parts }).enforcement!.http!.flatMap(({ paths }) => paths);

    it('is checked in the words that arrive', () => {
      expect(seen(web)).toEqual(['/items/*']);
      expect(seen(other('gateway', 'edge', { namespace: namespaceState('edge', 'ambient') }))).toEqual(['/items/*']);
    });

    it('is checked in the caller’s words where it follows no route, and in both where nobody knows', () => {
      expect(seen(service('web', { namespace: namespaceState('front', 'ambient') }))).toEqual(['/shop/items/*']);
      expect(seen(web, { toPods: true })).toEqual(['/shop/items/*']);
      expect(seen(identity('legacy', 'web'))).toEqual(['/items/*', '/shop/items/*']);
    });

    it('is refused in both words', () => {
      expect(seen(web, { action: 'DENY' })).toEqual(['/items/*', '/shop/items/*']);
    });

    it('tells of paths that no policy has words for', () => {
      const { unclearPaths } = hop(web, shaped, { http: [{ methods: [], paths: ['*.png'] }] }).enforcement!;
      expect(unclearPaths).toEqual(['*.png']);
    });
  });
});
