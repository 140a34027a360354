import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, holdsForAnswers } = routeFeatures().find(({ key }) => key === 'requestHeaders')!;
const said = { set: { a: '1' }, add: {}, remove: ['b'] };

describe('changes of request headers', () => {
  it('are in both APIs', () => {
    expect(inRoute!.istio!(said, CART)).toEqual({ headers: { request: { set: { a: '1' }, remove: ['b'] } } });
    const requestHeaderModifier = { set: [{ name: 'a', value: '1' }], remove: ['b'] };
    expect(inRoute!['gateway-api']!(said, CART)).toEqual({ filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier }] });
  });

  it('are not made where the proxy answers by itself', () => {
    expect(holdsForAnswers ?? false).toBe(false);
  });
});
