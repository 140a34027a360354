import { podlessSubset } from '../../../lib/rules/picked/podless-subset';
import { findings, raw } from '../model-builder';

const find = (subsets: string, route = '') =>
  findings(podlessSubset, {
    objects: raw(`
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart, version: v1 } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [${subsets}] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart${route} } }] }] }
`),
  });

const [V1, V2, V3] = ['v1', 'v2', 'v3'].map((version) => `{ name: ${version}, labels: { version: ${version} } }`);

describe(podlessSubset.title, () => {
  it('takes subsets with pods, and leaves those that a route names to MESH301', () => {
    expect(find(V1)).toEqual([]);
    expect(find(`${V1}, ${V2}`, ', subset: v2')).toEqual([]);
  });

  it('tells of the others once', () => {
    expect(find(`${V1}, ${V2}, ${V3}`)).toMatchObject([
      { message: expect.stringContaining('the labels of subsets v2, v3 in DestinationRule shop/cart'), field: ['spec', 'subsets', 1] },
    ]);
  });
});
