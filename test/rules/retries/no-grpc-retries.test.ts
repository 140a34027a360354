import { noGrpcRetries } from '../../../lib/rules/retries/no-grpc-retries';
import { findings, HTTP, retries, route, service } from '../model-builder';

const GRPC = { ...HTTP, name: 'grpc', appProtocol: 'grpc' };

const find = (parts: Parameters<typeof retries>[0], ports = [GRPC]) =>
  findings(noGrpcRetries, { routes: [route(service('payment', { ports }), { retries: retries(parts) })] });

describe(noGrpcRetries.title, () => {
  it('takes conditions of which some prove that nothing was processed, and requests that bear a second try', () => {
    expect(find({ conditions: ['unavailable', 'connect-failure'] })).toEqual([]);
    expect(find({ conditions: ['unavailable'], idempotent: true })).toEqual([]);
    expect(find({ conditions: ['unavailable'], attempts: 0 })).toEqual([]);
    expect(find({ conditions: ['retriable-4xx'] }, [HTTP])).toEqual([]);
  });

  it('tells where nothing is left', () => {
    expect(find({ conditions: ['unavailable', 'cancelled'] })).toMatchObject([
      { on: { path: 'shop/payment' }, got: 'unavailable, cancelled' },
    ]);
  });
});
