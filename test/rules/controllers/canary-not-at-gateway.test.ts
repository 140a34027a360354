import { canaryNotAtGateway } from '../../../lib/rules/controllers/canary-not-at-gateway';
import { exposure, findings, route, service } from '../model-builder';

const cart = service('cart');
const find = (parts: Parameters<typeof route>[1]) =>
  findings(canaryNotAtGateway, { exposures: [exposure(cart)], routes: [route(cart, parts)] });

describe(canaryNotAtGateway.title, () => {
  it('tells of an exposed service that Flagger releases in sidecar mode', () => {
    expect(find({ controller: 'flagger' })).toMatchObject([
      {
        on: { path: 'shop/cart' },
        message: expect.stringContaining('primary pods of cart alone'),
        fix: expect.stringMatching(/ambient.*argoRollouts/),
      },
    ]);
  });

  it('sends nobody to Argo Rollouts before a Gateway of Istio, whose route it does not move either', () => {
    const exposures = [{ ...exposure(cart), istioGateway: { name: 'front-https', namespaceName: 'edge' } }];
    const [found] = findings(canaryNotAtGateway, { exposures, routes: [route(cart, { controller: 'flagger' })] });
    expect(found.fix).toMatch(/ambient/);
    expect(found.fix).not.toContain('argoRollouts');
  });

  it('is silent at a waypoint, of other controllers and of a service that is not exposed', () => {
    expect(find({ controller: 'flagger', atWaypoint: true })).toEqual([]);
    expect(find({ controller: 'argo-rollouts' })).toEqual([]);
    expect(findings(canaryNotAtGateway, { routes: [route(cart, { controller: 'flagger' })] })).toEqual([]);
  });
});
