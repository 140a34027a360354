import type { RouteModel } from '../../../lib/model/mesh-model';
import type { RouteMatch } from '../../../lib/model/route';
import { renderVirtualService } from '../../../lib/render/routes/virtual-service';
import { retries, route, service } from '../../rules/model-builder';

const CART = { destination: { host: 'cart.shop.svc.cluster.local', port: { number: 8080 } } };
const ANY: RouteMatch = { headers: [], queryParams: [] };

const routes = (parts: Partial<RouteModel>) => renderVirtualService(route(service('cart'), parts)).http!;

describe('retries of a VirtualService', () => {
  it('are as many, as long and on what was said', () => {
    const said = retries({ attempts: 3, perTryTimeoutMs: 2500, conditions: ['connect-failure', 'refused-stream'] });
    expect(routes({ retries: said })).toEqual([
      { retries: { attempts: 3, perTryTimeout: '2.5s', retryOn: 'connect-failure,refused-stream' }, route: [CART] },
    ]);
  });

  it('are switched off by 0, where Istio would try twice more', () => {
    expect(routes({ retries: retries({ attempts: 0 }) })).toEqual([{ retries: { attempts: 0 }, route: [CART] }]);
  });

  it.each([
    ['reset', { attempts: 2, retryOn: 'reset-before-request' }],
    ['5xx', { attempts: 2, retryOn: 'connect-failure,refused-stream,reset-before-request' }],
    ['gateway-error', { attempts: 0 }],
  ])('keep, for methods that must not run twice, of %s only what proves that nothing was processed', (condition, rest) => {
    expect(routes({ retries: retries({ conditions: [condition] }) })).toEqual([
      {
        name: 'idempotent',
        match: [{ method: { regex: 'GET|HEAD|OPTIONS' } }],
        retries: { attempts: 2, retryOn: condition },
        route: [CART],
      },
      { name: 'other-methods', retries: rest, route: [CART] },
    ]);
  });

  it('ask for the method in every match, for one that did not would take all', () => {
    const matches = [{ ...ANY, path: { type: 'PathPrefix', value: '/cart' } as const }, ANY];
    const rules = [{ name: 'first', matches, backends: [{ version: 'v2', weight: 100 }] }];
    const [reading, others] = routes({ rules, retries: retries({ conditions: ['reset'] }) });
    expect(reading.match!.map(({ method }) => method)).toEqual(Array(3).fill({ regex: 'GET|HEAD|OPTIONS' }));
    expect(others.match!.map(({ method }) => method)).toEqual(Array(3).fill(undefined));
  });
});
