import { legOf, refused, sharedOut, undecidedPlan } from '../../../lib/verdict/travel/plan';
import { readYaml } from '../../manifests';

describe('a plan', () => {
  const [object] = readYaml('{apiVersion: v1, kind: Service, metadata: {name: cart}}');

  it('may end before it begins', () => {
    const refusal = { layer: 'scope', by: 'Sidecar shop/web' } as const;
    expect(refused('cart', refusal)).toEqual({ legs: [], trips: [{ hops: [], host: 'cart', share: 1, refusal }] });
    expect(undecidedPlan('cart', 'why')).toEqual({ legs: [], trips: [{ hops: [], host: 'cart', share: 1, unknown: 'why' }] });
  });

  it('may be for a part of the requests', () => {
    const whole = undecidedPlan('cart', 'why');
    expect(sharedOut(whole, 1)).toBe(whole);
    expect(sharedOut(whole, 0.25).trips.map(({ share }) => share)).toEqual([0.25]);
  });

  it('tells of a proxy what it was told', () => {
    const rule = { by: 'HTTPRoute shop/cart', object, name: 'all', matches: () => true, destinations: [], timeout: '3s' };
    expect(legOf('sidecar a', rule)).toEqual({
      at: 'sidecar a',
      by: 'HTTPRoute shop/cart',
      object,
      rule: 'all',
      timeout: '3s',
      retries: undefined,
    });
  });
});
