import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, needsHttp } = routeFeatures().find(({ key }) => key === 'timeoutMs')!;

describe('a timeout', () => {
  // Istio writes fractions of seconds, the Gateway API whole numbers with their units.
  it.each([
    [1500, '1.5s', '1s500ms'],
    [60_000, '60s', '60s'],
    [1, '0.001s', '1ms'],
  ])('of %d ms is written as each API has it', (ms, istio, gatewayApi) => {
    expect(inRoute!.istio!(ms, CART)).toEqual({ timeout: istio });
    expect(inRoute!['gateway-api']!(ms, CART)).toEqual({ timeouts: { request: gatewayApi } });
  });

  it('is kept by a proxy that reads HTTP', () => {
    expect(needsHttp).toBe(true);
  });
});
