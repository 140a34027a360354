import { noPercentages } from '../../../lib/rules/picked/no-percentages';
import { findings, raw } from '../model-builder';

const find = (weights: readonly (number | undefined)[], protocol = 'http') => {
  const destinations = weights.map((weight, index) => `{ destination: { host: cart, subset: v${index} }, weight: ${weight ?? 'null'} }`);
  const objects = raw(
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: cart, namespace: shop }, spec: { ${protocol}: [{ route: [${destinations.join(', ')}] }] } }`,
  );
  return findings(noPercentages, { objects });
};

describe(noPercentages.title, () => {
  it.each([[[95, 5]], [[0, 100]], [[undefined]], [[100]], [[0, 0]], [[undefined, undefined]]])('takes %j', (weights) => {
    expect(find(weights)).toEqual([]);
  });

  it.each([
    [[90, 5], 'destinations receive 94.7 %, 5.3 %'],
    [[1, 1], 'add up to 2: Istio takes them as proportions, so that destinations receive 50 %, 50 %'],
    [[80, 40], 'destinations receive 66.7 %, 33.3 %'],
    [[20], 'its only destination receives all requests'],
  ])('tells of %j', (weights, harm) => {
    expect(find(weights)).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, message: expect.stringContaining(harm) }]);
  });

  it('tells of routes of bytes as well', () => {
    expect([...find([90, 5], 'tcp'), ...find([90, 5], 'tls')]).toHaveLength(2);
  });
});
