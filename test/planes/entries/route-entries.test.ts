import type { RouteRule } from '../../../lib/model/route';
import type { Retries } from '../../../lib/model/route-features';
import { routeEntries } from '../../../lib/planes/entries/route-entries';
import { HTTP, retries, route, service } from '../../rules/model-builder';

const rule = (name: string): RouteRule => ({ name, matches: [], backends: [{ version: 'v1', weight: 100 }] });

/** Names of the routes in the order in which they are tried, with the methods that each is limited to. */
function entries(rules: RouteRule[], parts?: Partial<Retries>): Array<[name?: string, methods?: readonly string[]]> {
  const table = route(service('cart'), { rules, retries: parts && retries(parts) });
  return routeEntries(table, 'istio', HTTP).map(({ name, methods }) => [name, methods]);
}

const SAFE = ['connect-failure', 'refused-stream', 'reset-before-request'];
// Methods that HTTP calls safe; of those that it calls idempotent too, PUT and DELETE are left out, for many are not.
const READING = ['GET', 'HEAD', 'OPTIONS'];

describe('the routes of a service', () => {
  it('are one for all requests where nothing tells them apart', () => {
    expect(entries([])).toEqual([[undefined, undefined]]);
  });

  it('are the rules of its table in their order', () => {
    expect(entries([rule('match'), rule('split')])).toEqual([
      ['match', undefined],
      ['split', undefined],
    ]);
  });

  it.each([
    ['prove that nothing was processed', { conditions: SAFE }],
    ['are promised to do no harm', { conditions: ['5xx'], idempotent: true }],
    ['are none', { conditions: ['5xx'], attempts: 0 }],
  ])('are not divided by method where retries %s', (_, parts) => {
    expect(entries([], parts)).toEqual([[undefined, undefined]]);
    expect(entries([rule('split')], parts)).toEqual([['split', undefined]]);
  });

  it.each(['5xx', 'reset', 'gateway-error', 'retriable-4xx', 'unavailable'])(
    'are two each where retries on %s could process a request twice: first for methods that bear it, then for all others',
    (condition) => {
      const conditions = ['connect-failure', condition];
      expect(entries([], { conditions })).toEqual([
        ['idempotent', READING],
        ['other-methods', undefined],
      ]);
      expect(entries([rule('match'), rule('split')], { conditions })).toEqual([
        ['match-idempotent', READING],
        ['match-other-methods', undefined],
        ['split-idempotent', READING],
        ['split-other-methods', undefined],
      ]);
    },
  );
});
