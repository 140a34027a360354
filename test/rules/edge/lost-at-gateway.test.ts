import { lostAtGateway } from '../../../lib/rules/edge/lost-at-gateway';
import { exposure, findings, retries, route, service } from '../model-builder';

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

  it('says what holds instead of retries, by what the cluster has words for', () => {
    const [older, newer] = (['1.6', '1.7'] as const).map((gatewayApi) =>
      findings(lostAtGateway, { gatewayApi, exposures: [exposure(cart, { lost: ['retries'] })] }),
    );
    expect(older[0].message).toContain("Istio's own two retries stand in their place");
    expect(newer[0].message).toContain('Istio adds conditions of its own');
  });

  it('leaves it to another rule that a gateway retries what nobody wants to be retried', () => {
    const routes = [route(cart, { retries: retries({ attempts: 0 }) })];
    expect(findings(lostAtGateway, { routes, exposures: [exposure(cart, { lost: ['retries'] })] })).toEqual([]);
    expect(findings(lostAtGateway, { routes, exposures: [exposure(cart, { lost: ['retries', 'fault'] })] })).toMatchObject([
      { got: 'fault' },
    ]);
  });
});
