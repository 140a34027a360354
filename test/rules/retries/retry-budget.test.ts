import { retryBudget } from '../../../lib/rules/retries/retry-budget';
import { findings, HTTP, retries, route, service } from '../model-builder';

const ours = (timeoutMs: number | undefined, perTryTimeoutMs: number | undefined, attempts = 2) => {
  const table = route(service('payment'), { timeoutMs, retries: retries({ attempts, perTryTimeoutMs }) });
  return findings(retryBudget, { routes: [table] });
};

describe(retryBudget.title, () => {
  it('takes (1 + attempts) x perTryTimeout up to the timeout', () => {
    expect(ours(9000, 3000)).toEqual([]);
  });

  it('takes retries without timeout, without timeout of each try, or switched off', () => {
    expect([...ours(undefined, 3000), ...ours(1000, undefined), ...ours(1000, 3000, 0)]).toEqual([]);
  });

  it('fails what does not fit', () => {
    expect(ours(8000, 3000)).toMatchObject([{ on: { path: 'shop/payment' }, got: '(1 + 2) x 3s = 9s > 8s' }]);
  });

  it('judges the requests of a rule by its own time', () => {
    const rule = (timeoutMs: number) => [{ name: 'routing-match', matches: [], backends: [], timeoutMs }];
    const at = (timeoutMs: number) => {
      const said = { timeoutMs: 9000, retries: retries({ attempts: 2, perTryTimeoutMs: 3000 }), rules: rule(timeoutMs) };
      return findings(retryBudget, { routes: [route(service('payment'), said)] });
    };
    expect(at(1000)).toMatchObject([{ on: { path: 'shop/payment' }, got: '(1 + 2) x 3s = 9s > 1s' }]);
    expect(at(10_000)).toEqual([]);
  });

  it('judges by the shortest time of a port, and takes ports of streams', () => {
    const at = (timeoutMs: number) => {
      const ports = [{ ...HTTP, timeoutMs }];
      const table = route(service('payment', { ports }), { timeoutMs: 8000, retries: retries({ attempts: 2, perTryTimeoutMs: 3000 }) });
      return findings(retryBudget, { routes: [table] });
    };
    expect(at(5000)).toMatchObject([{ got: '(1 + 2) x 3s = 9s > 5s' }]);
    expect([...at(0), ...at(9000)]).toEqual([]);
  });
});
