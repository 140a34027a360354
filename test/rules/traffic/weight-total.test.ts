import { weightTotal } from '../../../lib/rules/traffic/weight-total';
import { findings, raw, route, service } from '../model-builder';

const find = (weights: readonly (number | undefined)[], protocol = 'http') => {
  const destinations = weights.map((weight, index) => `{ destination: { host: cart, subset: v${index} }, weight: ${weight ?? 'null'} }`);
  const objects = raw(
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: cart, namespace: shop }, spec: { ${protocol}: [{ route: [${destinations.join(', ')}] }] } }`,
  );
  return findings(weightTotal, { objects });
};

describe(weightTotal.title, () => {
  it.each([[[95, 5]], [[0, 100]], [[undefined]], [[100]], [[90, 5]], [[20]]])('takes %j', (weights) => {
    expect(find(weights)).toEqual([]);
  });

  it.each([
    [[undefined, undefined], 'all 0'],
    [[0, 0, 0], 'all 0'],
  ])('fails %j', (weights, harm) => {
    expect(find(weights)).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, message: expect.stringContaining(harm) }]);
  });

  it('fails for TCP and TLS routes as well', () => {
    expect(find([0, 0], 'tcp')).toHaveLength(1);
    expect(find([0, 0], 'tls')).toHaveLength(1);
  });

  it("fails a service's own route", () => {
    const split = (stable: number) => ({
      name: 'split',
      matches: [],
      backends: [
        { version: 'v1', weight: stable },
        { version: 'v2', weight: 5 },
      ],
    });
    expect(findings(weightTotal, { routes: [route(service('cart'), { rules: [split(95)] })] })).toEqual([]);
    expect(findings(weightTotal, { routes: [route(service('cart'), { rules: [split(90)] })] })).toMatchObject([{ got: '90 + 5' }]);
  });
});
