import type { PartyFacts } from '../../lib/model/party';
import { labelledWaypoint, needsOfNamespace, ownWaypointName, withOwnWaypoint } from '../../lib/planes/own-waypoints';
import { namespaceState } from '../rules/model-builder';

const ownWaypoint = { name: ownWaypointName('cart'), namespaceName: 'shop', principal: 'cluster.local/ns/shop/sa/cart-waypoint' };
const others = { kind: 'service', key: 'service:shop/web', path: 'shop/web', name: 'web', namespaceName: 'shop', owned: true, ports: [] };
const web = others as PartyFacts;
const cart: PartyFacts = { ...web, key: 'service:shop/cart', name: 'cart', ownWaypoint };

describe('a waypoint of its own', () => {
  it('takes the place of the one of the namespace, in ambient mode alone', () => {
    const [ambient, sidecar] = [namespaceState('shop', 'ambient'), namespaceState('shop', 'sidecar')];
    expect(withOwnWaypoint(cart, ambient)).toEqual({ ...ambient, waypoint: ownWaypoint });
    expect([withOwnWaypoint(cart, sidecar), withOwnWaypoint(web, ambient)]).toEqual([sidecar, ambient]);
  });

  it('leaves to that one what is about others, too', () => {
    const needs = [[], ['cart'], ['cart', 'web']].map((about) => ({ what: 'a route', path: 'test', namespaceName: 'shop', about }));
    expect(needsOfNamespace(needs, [cart, web])).toEqual([needs[0], needs[2]]);
  });

  it('is named by the Services behind it, once callers are sent there', () => {
    const [ambient, prepared] = [namespaceState('shop', 'ambient'), namespaceState('shop', 'sidecar', { migration: { wave: 0 } })];
    expect(labelledWaypoint(cart, ['cart'], 'cart', ambient)).toBe('cart-waypoint');
    const none = [labelledWaypoint(cart, [], 'cart', ambient), labelledWaypoint(cart, ['cart'], 'cart', prepared)];
    expect([...none, labelledWaypoint(web, ['web'], 'web', ambient)]).toEqual([undefined, undefined, undefined]);
  });
});
