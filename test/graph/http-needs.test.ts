import { httpNeeds } from '../../lib/graph/http-needs';
import type { RouteFeatures } from '../../lib/model/route-features';
import { defineFeature } from '../../lib/planes/features/route-feature';
import { call, GET_ITEMS, retries, route, service } from '../rules/model-builder';

const [cart, web] = [service('cart'), service('web')];
const http = [GET_ITEMS];
const split = { name: 'split', matches: [], backends: [] };

const ofCall = (parts: Parameters<typeof call>[2]) => httpNeeds([call(web, cart, parts)], []).map(({ what }) => what);
const ofTable = (parts: Parameters<typeof route>[1]) => httpNeeds([], [route(cart, parts)]).map(({ what }) => what);

describe('what needs a proxy that reads HTTP', () => {
  it('is a call of some requests, to let them in or to refuse them', () => {
    const need = ['requests by method or path from web to cart'];
    expect([ofCall({ http }), ofCall({ http, action: 'DENY' })]).toEqual([need, need]);
  });

  it('is no call of whole ports, and none whose requests a gateway has checked already', () => {
    expect([ofCall({}), ofCall({ http, httpIsOptional: true })]).toEqual([[], []]);
  });

  it('is a route: a split, a timeout, retries', () => {
    const tables = [{ rules: [split] }, { timeoutMs: 9 }, { retries: retries() }, { timeoutMs: 9, rules: [split] }];
    expect(tables.map(ofTable)).toEqual(Array(4).fill(['the route of cart']));
    expect(ofTable({})).toEqual([]);
  });

  it('is a limit that ztunnel does not keep', () => {
    expect(ofTable({ circuitBreaker: { maxConnections: 9 } })).toEqual(['the circuit breaker of cart']);
    expect(ofTable({ timeoutMs: 9, circuitBreaker: { maxConnections: 9 } })).toEqual(['the route of cart', 'the circuit breaker of cart']);
  });

  it('is nothing that works without', () => {
    defineFeature({ key: 'toyPool', title: 'toy pool', needsHttp: false, ofHost: () => ({}) });
    expect(ofTable({ toyPool: 9 } as RouteFeatures)).toEqual([]);
  });

  it('is told once, with the line that says it', () => {
    const site = { line: 'shop.ts:7' };
    const one = call(web, cart, { http, path: 'shop/web', site });
    expect(httpNeeds([one, one], [])).toEqual([{ what: 'requests by method or path from web to cart', path: 'shop/web', site }]);
  });
});
