import { cutStreams } from '../../../lib/rules/resilience/cut-streams';
import { findings, HTTP, route, service } from '../model-builder';

const GRPC = { ...HTTP, name: 'grpc', number: 9090, targetPort: 9090, appProtocol: 'grpc' };

describe(cutStreams.title, () => {
  it('tells of a port for gRPC under the timeout of the whole service', () => {
    const prices = service('prices', { ports: [HTTP, GRPC] });
    expect(findings(cutStreams, { routes: [route(prices, { timeoutMs: 5000 })] })).toMatchObject([
      { on: { path: 'shop/prices' }, message: expect.stringContaining('9090 (grpc)'), got: 'timeout 5s' },
    ]);
  });

  it('takes a port that says what holds for itself', () => {
    const [streams, timed] = [0, 9000].map((timeoutMs) => service('prices', { ports: [HTTP, { ...GRPC, timeoutMs }] }));
    const routes = [streams, timed].map((one) => route(one, { timeoutMs: 5000 }));
    expect(findings(cutStreams, { routes })).toEqual([]);
  });

  it('takes services of one kind of port, and those without a timeout', () => {
    const [plain, grpc, both] = [[HTTP], [GRPC], [HTTP, GRPC]].map((ports) => service('prices', { ports }));
    const routes = [route(plain, { timeoutMs: 1 }), route(grpc, { timeoutMs: 1 }), route(both)];
    expect(findings(cutStreams, { routes })).toEqual([]);
  });
});
