import { asksHttp, modeAt, ordersOf, stateInWave, wavesIn, wavesOf } from '../../../lib/planes/migrating/waves';
import { call, namespaceState, other, service } from '../../rules/model-builder';

const names = ['web', 'cart', 'prices', 'stock'];
const parties = names.map((name) => service(name));
const [web, cart, prices, stock] = parties;
const http = [{ methods: ['GET'], paths: ['/'] }];
const byHttp = { http };

const waves = (...calls: ReturnType<typeof call>[]) => {
  const found = wavesOf(parties, ordersOf(calls));
  return names.map((_, index) => found.get(parties[index].key));
};

describe('the waves of a migration', () => {
  it('are one where nobody reads HTTP', () => {
    expect(waves(call(web, cart), call(cart, stock), call(stock, cart))).toEqual([1, 1, 1, 1]);
  });

  it('bring callers before those who read their requests', () => {
    expect(waves(call(web, cart, byHttp), call(cart, prices, byHttp), call(web, prices, byHttp), call(cart, stock))).toEqual([1, 2, 3, 1]);
  });

  it('bring callers before who refuses them some requests, or has an authorizer asked, or has a Service without an address', () => {
    const anyone = other('anyone', 'anyone');
    const about = (action: 'DENY' | 'CUSTOM') => call(anyone, cart, { ...byHttp, action });
    expect(waves(call(web, cart), about('DENY'))).toEqual([1, 2, 1, 1]);
    expect(waves(call(web, cart), about('CUSTOM'))).toEqual([1, 2, 1, 1]);
    const headless = wavesOf(
      parties,
      ordersOf([call(web, cart), call(web, prices)], ({ key }) => key === prices.key),
    );
    expect([...headless.values()]).toEqual([1, 1, 2, 1]);
  });

  it('bring a circle together, after those who call it and before those whom it calls', () => {
    expect(waves(call(web, cart, byHttp), call(cart, prices, byHttp), call(prices, cart, byHttp), call(prices, stock, byHttp))).toEqual([
      1, 2, 2, 3,
    ]);
    expect(waves(call(cart, cart, byHttp), call(cart, prices, byHttp))).toEqual([1, 1, 2, 1]);
  });

  it('bring callers before those who refuse them some requests', () => {
    const anyone = other('anyone', 'anyone');
    expect(waves(call(web, cart), call(anyone, cart, { action: 'DENY', http }))).toEqual([1, 2, 1, 1]);
    expect(waves(call(web, cart), call(stock, cart, { action: 'DENY', http }))).toEqual([1, 1, 1, 1]);
  });

  it('do not ask for what a gateway checks by its route', () => {
    expect([asksHttp(call(web, cart, { http, httpIsOptional: true })), asksHttp(call(web, cart, { http }))]).toEqual([false, true]);
  });

  it('are in ambient mode from their own on', () => {
    expect([0, 1, 2, 3].map((wave) => modeAt({ wave }, 2))).toEqual(['sidecar', 'sidecar', 'ambient', 'ambient']);
  });

  it('are those of workloads whose namespaces move', () => {
    const namespaces = new Map([
      ['front', namespaceState('front', 'sidecar', { migration: { wave: 0 } })],
      ['back', namespaceState('back', 'sidecar')],
    ]);
    const all = {
      parties: new Map(
        [
          { ...web, namespaceName: 'front' },
          { ...cart, namespaceName: 'back' },
        ].map((party) => [party.key, party]),
      ),
      namespaces,
      calls: [call(web, cart, byHttp)],
    };
    const nobody = () => false;
    expect([...wavesIn(all, () => true, nobody)]).toEqual([[web.key, 1]]);
  });

  it('say in which plane the pods of one are', () => {
    const state = namespaceState('shop', 'ambient', { migration: { wave: 1 } });
    expect([1, 2, undefined].map((wave) => stateInWave(state, wave).mode)).toEqual(['ambient', 'sidecar', 'ambient']);
  });
});
