import { rolloutPastGateway } from '../../../lib/rules/controllers/rollout-past-gateway';
import { exposure, findings, route, service } from '../model-builder';

const cart = service('cart');
const istioGateway = { name: 'front-https', namespaceName: 'edge' };
const find = (said: Parameters<typeof exposure>[1], parts: Parameters<typeof route>[1]) =>
  findings(rolloutPastGateway, { exposures: [exposure(cart, said)], routes: [route(cart, parts)] });

describe(rolloutPastGateway.title, () => {
  it('tells of a service that Argo Rollouts releases behind a Gateway of Istio in sidecar mode', () => {
    expect(find({ istioGateway }, { controller: 'argo-rollouts' })).toMatchObject([
      {
        on: { path: 'shop/cart' },
        message: expect.stringContaining('stable version of cart'),
        fix: expect.stringMatching(/ambient.*istioPods/),
      },
    ]);
  });

  it('is silent at a waypoint, at HTTPRoutes, of what only redirects and of weights that the program says', () => {
    expect(find({ istioGateway }, { controller: 'argo-rollouts', atWaypoint: true })).toEqual([]);
    expect(find({}, { controller: 'argo-rollouts' })).toEqual([]);
    expect(find({ istioGateway, redirect: { statusCode: 302 } }, { controller: 'argo-rollouts' })).toEqual([]);
    expect(find({ istioGateway }, {})).toEqual([]);
  });
});
