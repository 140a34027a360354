import { lostAtGateway } from '../../../lib/rules/edge/lost-at-gateway';
import { exposure, findings, service } from '../model-builder';

const cart = service('cart');

describe(lostAtGateway.title, () => {
  it('takes a gateway that carries the whole route', () => {
    expect(findings(lostAtGateway, { exposures: [exposure(cart)] })).toEqual([]);
  });

  it('fails what a gateway loses, and names what carries it', () => {
    expect(findings(lostAtGateway, { exposures: [exposure(cart, { lost: ['retries'] })] })).toMatchObject([
      { on: { path: 'shop/cart' }, got: 'retries', fix: expect.stringMatching(/ambient.*Istio Gateway/) },
    ]);
  });
});
