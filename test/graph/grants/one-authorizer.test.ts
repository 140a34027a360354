import { ExternalAuthorizer } from 'istio-constructs';
import { edgeGateway, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const fix = 'where that flag is set, say besideOthers of one';

forEachPlane((plane) => {
  const program = () => {
    const one = shop(plane);
    const gateway = edgeGateway(one.chart, plane.dataPlane);
    const authorizer = (name: string, besideOthers?: boolean) => ExternalAuthorizer.of(name, { service: one.payment, besideOthers });
    return { ...one, gateway, authorizer };
  };

  describe('the authorizer of a service or a gateway', () => {
    it('is one: a second fails, at each with a code of its own', () => {
      const { product, gateway, authorizer } = program();
      for (const [asks, code, path] of [
        [product.access, 'MESH842', 'test/shop/product'],
        [gateway, 'MESH846', 'test/edge/gateway'],
      ] as const) {
        asks.askFirst(authorizer('opa'));
        expectRefusal(() => asks.askFirst(authorizer('login')), { code, path, fix, got: 'opa and login' });
      }
    });

    it('may be asked twice, and be another one at another place', () => {
      const { product, cart, gateway, authorizer } = program();
      for (const asks of [product.access, product.access, gateway, gateway]) asks.askFirst(authorizer('opa'));
      expect(() => cart.access.askFirst(authorizer('login'))).not.toThrow();
    });

    it('may be one of several, whichever of two says so', () => {
      const { product, gateway, authorizer } = program();
      for (const asks of [product.access, gateway]) {
        asks.askFirst(authorizer('opa', true));
        asks.askFirst(authorizer('login'));
        expect(() => asks.askFirst(authorizer('audit', true))).not.toThrow();
      }
    });
  });
});
