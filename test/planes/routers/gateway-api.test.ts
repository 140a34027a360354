import { GATEWAY_API } from '../../../lib/planes/routers/gateway-api';
import { HTTP, route, service, TCP } from '../../rules/model-builder';

const grpc = { ...HTTP, name: 'grpc', number: 90 };

const objects = (ports: (typeof HTTP)[], parts: Parameters<typeof route>[1] = { timeoutMs: 9 }, services: string[] = []) =>
  GATEWAY_API.objects(route(service('cart', { ports }), { versions: ['v1', 'v2'], ...parts }), services).map(
    ({ kind, name }) => `${kind} ${name}`,
  );

describe('the router of the Gateway API', () => {
  it('writes nothing where a Service says it all', () => {
    expect(objects([HTTP], {})).toEqual([]);
  });

  // An HTTPRoute belongs to one port of its parent; without one it would hold for ports that speak no HTTP.
  it('has an HTTPRoute for each port that speaks HTTP, called after it where there are several', () => {
    expect(objects([HTTP, TCP])).toEqual(['HTTPRoute cart']);
    expect(objects([HTTP, grpc])).toEqual(['HTTPRoute cart-http', 'HTTPRoute cart-grpc']);
    expect(objects([TCP])).toEqual([]);
  });

  it('tells versions apart by Services, and has no subsets', () => {
    const rules = [{ name: 'split', matches: [], backends: [] }];
    expect(objects([HTTP], { rules }, ['cart-v1', 'cart-v2'])).toEqual(['Service cart-v1', 'Service cart-v2', 'HTTPRoute cart']);
    expect(GATEWAY_API.versionsAreServices).toBe(true);
  });

  it('has no route where something is said of hosts alone', () => {
    expect(objects([HTTP], { circuitBreaker: { maxConnections: 9 } })).toEqual(['DestinationRule cart']);
  });
});
