import type { RouteContext } from '../../../lib/planes/features';

/** Where a feature writes into the route of the cart. */
export const CART: RouteContext = {
  host: 'cart.shop.svc.cluster.local',
  name: 'cart',
  port: { name: 'http', number: 80, targetPort: 8080, appProtocol: 'http', readsHttp: true },
};
