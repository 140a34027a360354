import { DataPlane, PathRewrite } from 'istio-constructs';
import { redirectCircle } from '../../../lib/rules/border/redirect-circle';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { findings, raw } from '../model-builder';

const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: shop }
spec:
  gatewayClassName: istio
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: cert }] } }
`;
const route = (section: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: to-https, namespace: shop }
spec:
  parentRefs: [{ name: gateway${section} }]
  hostnames: [shop.example.com]
  rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }]
`;

const find = (...manifests: string[]) => findings(redirectCircle, { objects: manifests.flatMap(raw) });

describe(redirectCircle.title, () => {
  it('fails a redirect to HTTPS that the listener for HTTPS has as well', () => {
    expect(find(gateway, route(''))).toMatchObject([
      {
        message: expect.stringContaining('clients of shop.example.com:80/ to https://shop.example.com/'),
        got: 'https://shop.example.com/',
      },
    ]);
  });

  it('takes one at the listener for plain HTTP', () => {
    expect(find(gateway, route(', sectionName: http'))).toEqual([]);
  });

  it.each([
    ['fails one that constructs expose', '/old/home', true],
    ['takes one out of its own paths', '/home', false],
  ])('%s', (_, to, isFound) => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient() });
    const redirect = { path: PathRewrite.whole(to) };
    edgeGateway(chart, DataPlane.ambient()).expose(product, { host: 'shop.example.com', pathPrefix: '/old', redirect });
    expect(findingCodes(chart).includes('MESH436')).toBe(isFound);
  });
});
