import { otherSide } from '../../../lib/rules/access/other-side';
import { call, findings, GET_ITEMS, namespaceState, service, waypointOf } from '../model-builder';

const elsewhere = namespaceState('payments', 'sidecar', { owned: false });
const cart = service('cart');
const payment = service('payment', { namespace: elsewhere, owned: false });

describe(otherSide.title, () => {
  it('takes a call within the program', () => {
    expect(findings(otherSide, { calls: [call(cart, service('product'))] })).toEqual([]);
  });

  it('takes a call at whose ends all is written here, though the pods are made elsewhere', () => {
    const guarded = { ...payment, isGuarded: true };
    expect(findings(otherSide, { calls: [call(cart, guarded), call(guarded, cart)] })).toEqual([]);
    expect(findings(otherSide, { calls: [call(guarded, payment)] })).toHaveLength(1);
  });

  it('says what the callee has to allow: principal, port, requests, and packets', () => {
    const [found, ...more] = findings(otherSide, { calls: [call(cart, payment, { http: [GET_ITEMS] })] });
    expect(more).toEqual([]);
    expect(found.fix).toBe(
      'at the other end: add an AuthorizationPolicy in namespace payments on pods app=payment that allows cluster.local/ns/shop/sa/cart to port 8080, requests GET /items/*; ' +
        'add a NetworkPolicy for namespace payments, pods app=payment that lets TCP 8080 in from namespace shop, pods app=cart',
    );
  });

  it("says it of the callee's waypoint where that decides, and leaves its pods alone", () => {
    const waypoint = waypointOf('payments');
    const atWaypoint = { namespaceName: 'payments', podLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } };
    const toWaypoint = {
      from: { key: cart.key, namespaceName: 'shop', podLabels: { app: 'cart' } },
      to: atWaypoint,
      networkPorts: [15008],
      enforcement: {
        attachment: { targetRefs: [{ group: '', kind: 'Service', name: 'payment' }] },
        namespaceName: 'payments',
        principal: cart.principal,
        ports: [8080],
        readsHttp: true,
      },
    };
    const toPods = {
      from: atWaypoint,
      to: { namespaceName: 'payments', podLabels: { app: 'payment' } },
      networkPorts: [15008],
      enforcement: {
        attachment: { selector: { app: 'payment' } },
        namespaceName: 'payments',
        principal: waypoint.principal,
        readsHttp: false,
      },
    };
    const [{ fix }] = findings(otherSide, { calls: [call(cart, payment, { hops: [toWaypoint, toPods] })] });
    expect(fix).toContain('on Service payment that allows cluster.local/ns/shop/sa/cart to port 8080');
    expect(fix).toContain('gateway-name=waypoint that lets TCP 15008 in from namespace shop, pods app=cart');
    expect(fix).not.toContain(waypoint.principal);
  });

  it('says what a caller made elsewhere has to do', () => {
    const [{ on, fix }] = findings(otherSide, { calls: [call(payment, cart)] });
    expect(on.path).toBe('payments/payment');
    expect(fix).toBe(
      'at the other end: run payment as cluster.local/ns/payments/sa/payment; ' +
        'add a NetworkPolicy for namespace payments, pods app=payment that lets TCP 8080 out to namespace shop, pods app=cart; ' +
        'list cart.shop.svc.cluster.local in its Sidecar, if it has one',
    );
  });
});
