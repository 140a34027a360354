import type { RouteRule } from '../../../lib/model/route';
import { ISTIO } from '../../../lib/planes/routers/istio';
import { HTTP, route, service } from '../../rules/model-builder';

const split: RouteRule = { name: 'split', matches: [], backends: ['v1', 'v2'].map((version) => ({ version, weight: 50 })) };

const cart = service('cart', { ports: [HTTP, { ...HTTP, name: 'grpc', number: 90 }] });
const objects = (parts: Parameters<typeof route>[1], services: string[] = []) =>
  ISTIO.objects(route(cart, { versions: ['v1', 'v2'], ...parts }), services).map(({ kind, name }) => `${kind} ${name}`);

describe('the router of Istio’s own API', () => {
  it('writes nothing where a Service says it all', () => {
    expect(objects({})).toEqual([]);
  });

  it('has one VirtualService for all ports of a service, so that its host has one owner', () => {
    expect(objects({ timeoutMs: 9 })).toEqual(['VirtualService cart']);
  });

  it('tells versions apart by subsets, which are there before the route that names them', () => {
    expect(objects({ rules: [split] })).toEqual(['DestinationRule cart', 'VirtualService cart']);
    expect(ISTIO.versionsAreServices).toBe(false);
  });

  it('has no subsets where no route names a version, and no route where something is said of hosts alone', () => {
    const [rule, ...others] = ISTIO.objects(route(cart, { versions: ['v1', 'v2'], circuitBreaker: { maxConnections: 9 } }), []);
    expect([rule, others]).toEqual([expect.objectContaining({ kind: 'DestinationRule', subsets: [] }), []]);
  });

  it('has the Services of versions besides, where a gateway needs them', () => {
    expect(objects({ rules: [split] }, ['cart-v1', 'cart-v2'])).toEqual([
      'Service cart-v1',
      'Service cart-v2',
      'DestinationRule cart',
      'VirtualService cart',
    ]);
  });
});
