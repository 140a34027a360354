import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, answers } = routeFeatures().find(({ key }) => key === 'directResponse')!;

describe('a direct response', () => {
  it('is in a VirtualService alone', () => {
    expect(inRoute!.istio!({ status: 503, body: 'closed' }, CART)).toEqual({ directResponse: { status: 503, body: { string: 'closed' } } });
    expect(inRoute!.istio!({ status: 404 }, CART)).toEqual({ directResponse: { status: 404 } });
    expect([inRoute!['gateway-api'], answers]).toEqual([undefined, true]);
  });
});
