import { oneTrustDomain } from '../../../lib/rules/mtls/one-trust-domain';
import { call, findings, namespace, namespaceState, service } from '../model-builder';

const WAYPOINT = { name: 'waypoint', namespaceName: 'shop', principal: 'mesh.example/ns/shop/sa/waypoint' };
const ALIASED = { trustDomain: 'mesh.example', trustDomainAliases: ['cluster.local'] };
const shop = (mode: 'sidecar' | 'ambient') => namespace('shop', mode);

describe(oneTrustDomain.title, () => {
  it('says nothing of a mesh that stays where it is, nor of sidecars, which know the aliases', () => {
    expect(findings(oneTrustDomain, { trustDomain: 'mesh.example', namespaces: [shop('ambient')] })).toEqual([]);
    expect(findings(oneTrustDomain, { ...ALIASED, namespaces: [shop('sidecar')] })).toEqual([]);
  });

  it('tells of a namespace in ambient mode, once, and which proxies have to begin anew', () => {
    const state = namespaceState('shop', 'ambient', { waypoint: WAYPOINT });
    const product = service('product', { namespace: state });
    const importer = service('importer', { namespace: namespaceState('legacy', 'sidecar'), namespaceName: 'legacy' });
    const calls = [call(importer, product), call(service('cart', { namespace: state }), product)];
    const found = findings(oneTrustDomain, { ...ALIASED, namespaces: [namespace('shop', 'ambient', { waypoint: WAYPOINT })], calls });
    expect(found).toMatchObject([
      {
        on: { name: 'shop' },
        message: expect.stringMatching(/says mesh\.example it refuses proxies that still show one of cluster\.local/),
        got: 'proxies with certificates of their own: sidecars of legacy/importer, waypoint shop/waypoint',
        fix: expect.stringMatching(/^restart these as soon as/),
      },
    ]);
  });

  it('tells of one without a waypoint as well, and of one on its way into ambient mode', () => {
    const moving = namespace('legacy', 'sidecar', { migration: { wave: 0 } });
    expect(findings(oneTrustDomain, { ...ALIASED, namespaces: [shop('ambient'), moving] })).toMatchObject([
      { on: { name: 'legacy' }, fix: expect.stringMatching(/^restart whoever calls in/) },
      { on: { name: 'shop' }, got: 'proxies with certificates of their own: none that this program knows' },
    ]);
  });
});
