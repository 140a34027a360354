import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, holdsForAnswers } = routeFeatures().find(({ key }) => key === 'responseHeaders')!;
const said = { set: { a: '1' }, add: {}, remove: ['b'] };

describe('changes of response headers', () => {
  it('are in both APIs', () => {
    expect(inRoute!.istio!(said, CART)).toEqual({ headers: { response: { set: { a: '1' }, remove: ['b'] } } });
    const responseHeaderModifier = { set: [{ name: 'a', value: '1' }], remove: ['b'] };
    expect(inRoute!['gateway-api']!(said, CART)).toEqual({ filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier }] });
  });

  it('are made where the proxy answers by itself', () => {
    expect(holdsForAnswers ?? false).toBe(true);
  });
});
