import type { RouteRule } from '../../../lib/model/route';
import { featuresOf, lacksOf, namesVersions, saysSomething } from '../../../lib/planes/routers/router';
import { retries, route, service } from '../../rules/model-builder';

const table = (parts: Parameters<typeof route>[1]) => route(service('cart'), parts);
const rule = (parts: Partial<RouteRule> = {}): RouteRule => ({ name: 'match', matches: [], backends: [], ...parts });

const titles = (parts: Parameters<typeof route>[1]) => featuresOf(table(parts)).map(({ title }) => title);

describe('what a table asks for', () => {
  it('is what it says of all requests and of some, each once', () => {
    expect(titles({ timeoutMs: 9, rules: [rule({ timeoutMs: 5, retries: retries() }), rule({ timeoutMs: 5 })] })).toEqual([
      'timeout',
      'retries',
    ]);
    expect(titles({})).toEqual([]);
  });

  // HTTPRoute has no retries in its standard channel; a DestinationRule says what is said of hosts, whoever routes.
  it('is beyond the words of an API by its routes alone, wherever they say it', () => {
    const asked = { retries: retries(), timeoutMs: 9, circuitBreaker: { maxConnections: 9 } };
    expect([lacksOf('gateway-api', table(asked)), lacksOf('istio', table(asked))]).toEqual([['retries'], []]);
    expect(lacksOf('gateway-api', table({ rules: [rule({ retries: retries() })] }))).toEqual(['retries']);
  });

  it('is beyond an HTTPRoute where it has more of something than that takes', () => {
    const matches = Array.from({ length: 65 }, (_, index) => ({
      headers: [{ name: `x-${index}`, type: 'Exact', value: 'a' } as const],
      queryParams: [],
    }));
    const asked = table({ rules: [rule({ matches })] });
    expect([lacksOf('gateway-api', asked), lacksOf('istio', asked)]).toEqual([['more than 64 matches in one rule'], []]);
  });

  it('needs a route where requests are told apart or something is done with them, and none for hosts', () => {
    const said = [{}, { circuitBreaker: { maxConnections: 9 } }, { timeoutMs: 9 }, { rules: [rule()] }];
    expect(said.map((parts) => saysSomething(table(parts)))).toEqual([false, false, true, true]);
  });

  it('names versions where some rule sends requests to one, and not where requests are only told apart', () => {
    const backends = [{ version: 'v1', weight: 100 }];
    const said = [{}, { rules: [rule()] }, { rules: [rule(), rule({ backends })] }];
    expect(said.map((parts) => namesVersions(table(parts)))).toEqual([false, false, true]);
  });
});
