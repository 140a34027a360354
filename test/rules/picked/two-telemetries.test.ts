import { twoTelemetries } from '../../../lib/rules/picked/two-telemetries';
import { findings, raw } from '../model-builder';

const telemetry = (name: string, spec = '') => `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
---`;

const PODS = `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart, version: v1 } }
`;

const picks = (labels: string) => `selector: { matchLabels: { ${labels} } }`;
const find = (...specs: string[]) =>
  findings(twoTelemetries, { objects: raw(specs.map((spec, at) => telemetry(`t${at}`, spec)).join('') + PODS) });

describe(twoTelemetries.title, () => {
  it('takes one for the namespace and one for its pods', () => {
    expect(find('', picks('app: cart'))).toEqual([]);
    expect(find(picks('app: cart'), picks('app: product'))).toEqual([]);
    expect(find('targetRefs: [{ kind: Service, name: a }]', 'targetRefs: [{ kind: Service, name: b }]')).toEqual([]);
  });

  it('fails two for one namespace', () => {
    expect(find('', '')).toMatchObject([
      {
        message:
          'Telemetry shop/t1 and Telemetry shop/t0 are both for all of namespace shop: each proxy follows only one of them, the older',
      },
    ]);
  });

  it('fails two that pick the same pods, by whatever labels', () => {
    expect(find(picks('app: cart'), picks('version: v1'))).toMatchObject([{ message: expect.stringContaining('the pods of shop/cart') }]);
  });
});
