import { covers, isWildcardHost, knownTo } from '../../../../lib/rules/outside/reach/known-to';
import { call, emptyModel, namespaceState, other, service } from '../../model-builder';

const closed = namespaceState('shop', 'sidecar', { zeroTrust: true });
const egress = { namespaceName: 'egress', namespace: namespaceState('egress', 'sidecar') };
const [all, api, own] = [
  other('external', 'all', { host: '*.example.com', ...egress }),
  other('external', 'api', { host: 'api.example.com', ...egress }),
  other('external', 'own', { host: 'own.example.org' }),
];
const product = service('product');

describe('what a wildcard covers', () => {
  it('is each name below it, however deep, and not itself', () => {
    const hosts = ['api.example.com', 'eu.api.example.com', 'example.com', 'api.example.org', '*.eu.example.com'];
    expect(hosts.map((host) => covers(all, other('external', 'one', { host })))).toEqual([true, true, false, false, false]);
    expect([all, api].map(isWildcardHost)).toEqual([true, false]);
  });
});

describe('whom a sidecar knows', () => {
  it('is whom its workload calls, in a closed namespace', () => {
    const [web, cart] = ['web', 'cart'].map((name) => service(name, { namespace: closed }));
    const model = emptyModel({ calls: [call(web, own), call(cart, api), call(web, product, { action: 'DENY' })], services: [product] });
    expect(knownTo(model, web)).toEqual([own]);
  });

  it('is also what a wildcard that it calls covers in its namespace, once that is exported', () => {
    const [web, cart] = ['web', 'cart'].map((name) => service(name, { namespace: closed }));
    expect(knownTo(emptyModel({ calls: [call(web, all)], others: [all, api] }), web)).toEqual([all]);
    expect(knownTo(emptyModel({ calls: [call(web, all), call(cart, api)] }), web)).toEqual([all, api]);
  });

  it('is every Service and what its namespace sees, in an open one', () => {
    const [web, cart] = [service('web'), service('cart')];
    const model = emptyModel({ calls: [call(cart, api)], services: [web, product], others: [own, all] });
    expect(knownTo(model, web)).toEqual([api, own, product]);
  });
});
