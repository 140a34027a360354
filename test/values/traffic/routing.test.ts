import { Duration } from 'cdk8s';
import { type MeshedServiceProps, Routing } from 'istio-constructs';
import { names, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const timeout = Duration.seconds(3);

describe('Routing', () => {
  forEachPlane((plane) => {
    function routesOf(cart: Partial<MeshedServiceProps>): Record<string, string[]> {
      const { chart } = shop(plane, cart);
      return { istio: names(chart, 'VirtualService'), gatewayApi: names(chart, 'HTTPRoute') };
    }

    it('is left to the data plane where nothing is said', () => {
      const own = { sidecar: { istio: ['shop/cart'], gatewayApi: [] }, ambient: { istio: [], gatewayApi: ['shop/cart'] } };
      expect(routesOf({ timeout })).toEqual(plane.of<object>(own));
    });

    it('is by the API that is asked for, on either plane, and by no other', () => {
      expect(routesOf({ timeout, routing: Routing.istio() })).toEqual({ istio: ['shop/cart'], gatewayApi: [] });
      expect(routesOf({ timeout, routing: Routing.gatewayApi() })).toEqual({ istio: [], gatewayApi: ['shop/cart'] });
    });

    it('makes no route where there is nothing to say', () => {
      expect(routesOf({ routing: Routing.gatewayApi() })).toEqual({ istio: [], gatewayApi: [] });
    });
  });
});
