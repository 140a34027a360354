import { callersWithoutRoute } from '../../../lib/rules/traffic/callers-without-route';
import { call, findings, namespaceState, identity, other, retries, route, service } from '../model-builder';

const cart = service('cart');
const web = service('web', { namespaceName: 'front', namespace: namespaceState('front', 'ambient') });
const shares = {
  rules: [
    {
      name: 'split',
      matches: [],
      backends: [
        { version: 'v1', weight: 90 },
        { version: 'v2', weight: 10 },
      ],
    },
  ],
};

describe(callersWithoutRoute.title, () => {
  it('takes callers that carry the route out themselves', () => {
    const calls = [
      call(service('product'), cart),
      call(other('gateway', 'gateway', { namespace: namespaceState('edge', 'ambient') }), cart),
    ];
    expect(findings(callersWithoutRoute, { calls, routes: [route(cart, shares)] })).toEqual([]);
  });

  it('takes callers in ambient where a waypoint routes', () => {
    const product = service('product', { namespace: namespaceState('shop', 'ambient') });
    expect(
      findings(callersWithoutRoute, { calls: [call(web, product)], routes: [route(product, { ...shares, atWaypoint: true })] }),
    ).toEqual([]);
  });

  it('takes a service that says nothing, a refusal, and a caller of whom only the identity is known', () => {
    const calls = [call(web, cart, { action: 'DENY' }), call(identity('other', 'batch'), cart)];
    expect(findings(callersWithoutRoute, { calls, routes: [route(cart, shares)] })).toEqual([]);
    expect(findings(callersWithoutRoute, { calls: [call(web, cart)], routes: [route(cart)] })).toEqual([]);
  });

  it('takes who connects to pods, for there no route is followed in any mode', () => {
    const calls = [call(web, cart, { toPods: true })];
    expect(findings(callersWithoutRoute, { calls, routes: [route(cart, shares)] })).toEqual([]);
  });

  it('fails what callers in ambient lose, and names them', () => {
    const parts = { ...shares, timeoutMs: 1000, retries: retries(), circuitBreaker: { maxConnections: 1 } };
    expect(findings(callersWithoutRoute, { calls: [call(web, cart)], routes: [route(cart, parts)] })).toMatchObject([
      {
        on: { path: 'shop/cart' },
        message: expect.stringMatching(/^requests from front\/web reach shop\/cart without /),
        got: 'shares of versions, timeout, retries, circuit breaker',
        fix: expect.stringContaining('DataPlane.ambient()'),
      },
    ]);
  });
});
