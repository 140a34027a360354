import { openEgress } from '../../../lib/rules/outside/open-egress';
import { call, findings, namespaceState, other, service, waypointOf } from '../model-builder';

const payment = service('payment');
const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const leaving = (key: string) => ({ hops: [{ from: { key }, to: { world: true }, networkPorts: [443] }] });

describe(openEgress.title, () => {
  it('takes calls inside the cluster', () => {
    expect(findings(openEgress, { calls: [call(service('cart'), service('product'))] })).toEqual([]);
  });

  it('reports a call to an external host', () => {
    const cards = other('external', 'card-network', { host: 'api.cards.example.com' });
    expect(findings(openEgress, { calls: [call(payment, cards)] })).toMatchObject([
      { on: { path: 'shop/payment' }, message: expect.stringContaining('api.cards.example.com') },
    ]);
  });

  it.each([
    ['the caller', { through }, payment.key, 'shop/payment may connect'],
    ['an egress gateway', { through }, through.key, 'the egress gateway egress/out, through which shop/payment calls, may connect'],
    [
      'a waypoint',
      { namespace: namespaceState('egress', 'ambient', { waypoint: waypointOf('egress') }) },
      'waypoint:egress/waypoint',
      'the waypoint egress/waypoint, through which shop/payment calls, may connect',
    ],
  ])('names %s where its packets go out', (_, parts, key, text) => {
    const cards = other('external', 'card-network', { host: 'api.cards.example.com', ...parts });
    expect(findings(openEgress, { calls: [call(payment, cards, leaving(key))] })).toMatchObject([
      { message: expect.stringContaining(text) },
    ]);
  });
});
