import { hostObjects } from '../../../lib/planes/routers/host-objects';
import { route, service } from '../../rules/model-builder';

const SERVICES = ['cart-v1', 'cart-v2'];
const breaker = { circuitBreaker: { maxConnections: 9 } };

const written = (parts: Parameters<typeof route>[1], ...[services, subsets]: [string[], string[]]) =>
  hostObjects(route(service('cart'), { versions: ['v1', 'v2'], ...parts }), services, subsets).map(({ kind, name }) => `${kind} ${name}`);

describe('what hosts need beside the routes', () => {
  it('is nothing where nothing is said of them and no route names a version', () => {
    expect(written({ timeoutMs: 9 }, [], [])).toEqual([]);
  });

  it('is a rule that has the subsets of the service’s host', () => {
    expect(written({}, [], ['v1', 'v2'])).toEqual(['DestinationRule cart']);
  });

  it('is a Service for each version, before all that names it', () => {
    expect(written({}, SERVICES, [])).toEqual(['Service cart-v1', 'Service cart-v2']);
    expect(written(breaker, SERVICES, [])[0]).toBe('Service cart-v1');
  });

  // A DestinationRule holds for the host that it names: what is said of cart says nothing of cart-v1.
  it('is a rule for every host that requests are sent to, where something is said of them', () => {
    const rules = ['DestinationRule cart', 'DestinationRule cart-v1', 'DestinationRule cart-v2'];
    expect(written(breaker, SERVICES, []).slice(2)).toEqual(rules);
    expect(written(breaker, [], [])).toEqual(['DestinationRule cart']);
  });

  it('has the subsets in the rule of the service’s own host, and in no other', () => {
    const objects = hostObjects(route(service('cart'), { versions: ['v1', 'v2'], ...breaker }), SERVICES, ['v1', 'v2']);
    expect(objects.flatMap((one) => (one.kind === 'DestinationRule' ? [one.subsets] : []))).toEqual([['v1', 'v2'], [], []]);
  });

  it('selects each version by its own label', () => {
    const objects = hostObjects(route(service('cart'), { versions: ['v1', 'v2'] }), SERVICES, []);
    expect(objects).toMatchObject([
      { name: 'cart-v1', labels: { version: 'v1' } },
      { name: 'cart-v2', labels: { version: 'v2' } },
    ]);
  });
});
