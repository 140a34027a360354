import { sameExposure } from '../../../lib/rules/edge/same-exposure';
import { exposure, findings, other, service } from '../model-builder';

const cart = service('cart');
const product = service('product');

describe(sameExposure.title, () => {
  it('takes exposures that differ in host, path, listener or gateway', () => {
    const exposures = [
      exposure(cart, { pathPrefix: '/cart' }),
      exposure(product, { pathPrefix: '/carts' }),
      exposure(product, { pathPrefix: '/cart', host: 'other.example.com' }),
      exposure(product, { pathPrefix: '/cart', listener: 'http' }),
      exposure(product, { pathPrefix: '/cart', gateway: other('gateway', 'internal') }),
    ];
    expect(findings(sameExposure, { exposures })).toEqual([]);
  });

  it('fails two that claim one host and path, a slash at the end apart', () => {
    const exposures = [exposure(product, { pathPrefix: '/cart/' }), exposure(cart, { pathPrefix: '/cart' })];
    expect(findings(sameExposure, { exposures })).toMatchObject([{ on: { path: 'shop/product' }, got: 'shop/cart and shop/product' }]);
  });
});
