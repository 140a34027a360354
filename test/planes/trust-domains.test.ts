import type { Enforcement, Hop } from '../../lib/model/hop';
import { hopsUnder } from '../../lib/planes/plane-of';
import { underAliases } from '../../lib/planes/trust-domains';
import { call, namespaceState, service, waypointOf } from '../rules/model-builder';

const DOMAINS = { trustDomain: 'mesh.example', trustDomainAliases: ['cluster.local', 'older.example'] };
const hop = (said: Partial<Enforcement>): Hop => ({
  from: {},
  to: {},
  networkPorts: [],
  enforcement: { attachment: { selector: { app: 'product' } }, namespaceName: 'shop', readsHttp: false, ...said },
});
const named = ({ enforcement }: Hop) => [enforcement?.aliases, enforcement?.besidesAliases];

describe('an identity at who compares it letter by letter', () => {
  it('has a name in every trust domain that means the same', () => {
    const one = underAliases(hop({ principal: 'mesh.example/ns/shop/sa/cart', besides: ['mesh.example/ns/shop/sa/waypoint'] }), DOMAINS);
    expect(named(one)).toEqual([
      ['cluster.local/ns/shop/sa/cart', 'older.example/ns/shop/sa/cart'],
      ['cluster.local/ns/shop/sa/waypoint', 'older.example/ns/shop/sa/waypoint'],
    ]);
  });

  it.each([
    ['nobody in particular', hop({})],
    ['somebody of another mesh', hop({ principal: 'elsewhere.example/ns/shop/sa/cart' })],
    ['a waypoint, to which istiod tells the aliases', hop({ principal: 'mesh.example/ns/a/sa/b', attachment: { targetRefs: [] } })],
    ['nobody who enforces', { from: {}, to: {}, networkPorts: [] }],
  ])('is as it was for %s', (_, one) => {
    expect(underAliases(one, DOMAINS)).toEqual(one);
    expect(named(one)).toEqual([undefined, undefined]);
  });

  it('is compared so in ambient mode, and on the way there, and nowhere else', () => {
    const at = (mode: 'sidecar' | 'ambient', parts = {}) =>
      service('product', { namespace: namespaceState('shop', mode, { waypoint: waypointOf('shop'), ...parts }) });
    const cart = service('cart', { principal: 'cluster.local/ns/shop/sa/cart' });
    const isNamedTwice = (callee: ReturnType<typeof at>): boolean =>
      hopsUnder(
        { trustDomain: 'cluster.local', rootNamespace: 'istio-system', trustDomainAliases: ['mesh.example'] },
        call(cart, callee),
      ).some(({ enforcement }) => enforcement?.aliases !== undefined);
    expect([at('sidecar'), at('ambient'), at('sidecar', { migration: { wave: 0 } })].map(isNamedTwice)).toEqual([false, true, true]);
  });
});
