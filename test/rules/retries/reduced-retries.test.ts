import { reducedRetries } from '../../../lib/rules/retries/reduced-retries';
import { findings, HTTP, retries, route, service } from '../model-builder';

const find = (...parts: Parameters<typeof retries>) =>
  findings(reducedRetries, { routes: [route(service('payment'), { retries: retries(...parts) })] });

describe(reducedRetries.title, () => {
  it('takes conditions that are safe for all, and services that bear a second try', () => {
    expect(find({ conditions: ['connect-failure', 'refused-stream'] })).toEqual([]);
    expect(find({ conditions: ['5xx'], idempotent: true })).toEqual([]);
    expect(find({ conditions: ['5xx'], attempts: 0 })).toEqual([]);
  });

  it('says which conditions other methods keep', () => {
    expect(find({ conditions: ['connect-failure', 'reset'] })).toMatchObject([
      { on: { path: 'shop/payment' }, message: expect.stringContaining('only on connect-failure, reset-before-request') },
    ]);
  });

  it('speaks of no GET where all ports speak gRPC', () => {
    const ports = [{ ...HTTP, name: 'grpc', appProtocol: 'grpc' }];
    const found = findings(reducedRetries, {
      routes: [route(service('payment', { ports }), { retries: retries({ conditions: ['unavailable', 'connect-failure'] }) })],
    });
    expect(found).toMatchObject([{ message: expect.stringMatching(/POST and is retried only on connect-failure/) }]);
    expect(found[0].message).not.toContain('GET');
  });

  it('says so where they keep none', () => {
    expect(find({ conditions: ['retriable-4xx'] })).toMatchObject([{ message: expect.stringContaining('other methods are not retried') }]);
  });
});
