import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';
import { HTTP } from '../../rules/model-builder';

const { inRoute, needsHttp, atPort } = routeFeatures().find(({ key }) => key === 'timeoutMs')!;

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

  it('is none at a port of streams, and a port’s own before all others', () => {
    expect([inRoute!.istio!(0, CART), inRoute!['gateway-api']!(0, CART)]).toEqual([{}, {}]);
    expect([{ ...HTTP, timeoutMs: 7 }, { ...HTTP, timeoutMs: 0 }, HTTP].map(atPort!)).toEqual([7, 0, undefined]);
  });

  it('is kept by a proxy that reads HTTP', () => {
    expect(needsHttp).toBe(true);
  });
});
