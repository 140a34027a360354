import { followedCalls, fromCallers, routesByService } from '../../../../lib/rules/resilience/chains/followed-calls';
import { call, emptyModel, namespaceState, other, route, service } from '../../model-builder';

const cart = service('cart');
const ambient = service('web', { namespace: namespaceState('front', 'ambient') });

describe('calls that follow a route', () => {
  it('are all but those past it', () => {
    const gateway = other('gateway', 'gateway', { namespace: namespaceState('edge', 'ambient') });
    const followed = [call(service('product'), cart), call(gateway, cart)];
    const past = [call(ambient, cart), call(service('other'), cart, { toPods: true }), call(service('other'), cart, { action: 'DENY' })];
    expect(followedCalls(emptyModel({ calls: [...followed, ...past] })).get(cart.key)).toEqual(followed);
  });

  it('are of services whose routes are found by key', () => {
    const of = route(cart);
    expect(routesByService(emptyModel({ routes: [of] })).get(cart.key)).toBe(of);
  });
});

describe('what follows from callers', () => {
  it('is asked once for each, and not at all from whoever is being asked', () => {
    const callers: Readonly<Record<string, readonly string[]>> = { a: ['b', 'c'], b: ['d'], c: ['d'], d: ['a'] };
    const asked: string[] = [];
    const depth = fromCallers<number>(
      (key) => callers[key],
      (key, ask) => {
        asked.push(key);
        return 1 + Math.max(0, ...callers[key].map((caller) => ask(caller) ?? 0));
      },
    );
    expect(depth('a')).toBe(3);
    expect(depth('d')).toBe(1);
    expect(asked).toEqual(['d', 'b', 'c', 'a']);
  });

  it('is told of a chain of a hundred thousand', () => {
    const length = fromCallers<number>(
      (key) => (key === '0' ? [] : [String(Number(key) - 1)]),
      (key, ask) => 1 + (key === '0' ? 0 : ask(String(Number(key) - 1))!),
    );
    expect(length('100000')).toBe(100_001);
  });
});
