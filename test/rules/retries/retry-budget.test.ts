import { retryBudget } from '../../../lib/rules/retries/retry-budget';
import { findings, HTTP, raw, retries, route, service } from '../model-builder';

const ours = (timeoutMs: number | undefined, perTryTimeoutMs: number | undefined, attempts = 2) => {
  const table = route(service('payment'), { timeoutMs, retries: retries({ attempts, perTryTimeoutMs }) });
  return findings(retryBudget, { routes: [table] });
};

const beside = (http: string) =>
  findings(retryBudget, {
    objects: raw(
      `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: payment }, spec: { http: [{ ${http} }] } }`,
    ),
  });

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

  it.each(['timeout: 10s, retries: { attempts: 3, perTryTimeout: 3s }', 'timeout: 1m, retries: { attempts: 3, perTryTimeout: 15.5s }'])(
    'fails a raw route with %s',
    (http) => {
      expect(beside(http)).toMatchObject([{ on: { path: 'raw/virtualservice/payment' } }]);
    },
  );

  it.each([
    'timeout: 10s, retries: { attempts: 4, perTryTimeout: 500ms }',
    'timeout: 0s, retries: { attempts: 4, perTryTimeout: 5s }',
    'timeout: soon, retries: { attempts: 4, perTryTimeout: 5s }',
    'timeout: 10s',
  ])('takes a raw route with %s', (http) => {
    expect(beside(http)).toEqual([]);
  });

  it.each([
    ['10s', '10s'],
    ['0.5s', '0.5s'],
    ['100ms', '0.1s'],
    ['1m30s', '90s'],
    ['2h', '7200s'],
  ])('reads %s as Istio does', (perTryTimeout, seconds) => {
    const [{ got }] = beside(`timeout: 1ms, retries: { attempts: 1, perTryTimeout: ${perTryTimeout} }`);
    expect(got).toMatch(`(1 + 1) x ${seconds} = `);
  });

  it.each(["''", "'10'", 's', '-1s', 'soon', '10'])('takes %s, which is no duration', (perTryTimeout) => {
    expect(beside(`timeout: 1ms, retries: { attempts: 1, perTryTimeout: ${perTryTimeout} }`)).toEqual([]);
  });
});
