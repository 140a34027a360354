import { uncheckedClaim } from '../../../lib/rules/edge/unchecked-claim';
import { findings, raw } from '../model-builder';

const virtualService = (match: string, gateway = 'edge/door') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [${gateway}], http: [{ match: [{ ${match} }], route: [{ destination: { host: cart } }] }] }
`;

const CLAIM = 'headers: { "@request.auth.claims.group": { exact: beta } }';

const DOOR = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: edge }
spec: { selector: { istio: ingress }, servers: [] }
`;

const checks = (selector: string) => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: istio-ingress }
spec: { ${selector}, jwtRules: [{ issuer: a }] }
`;

const find = (...manifests: string[]) => findings(uncheckedClaim, { objects: manifests.flatMap(raw) });

describe(uncheckedClaim.title, () => {
  it.each([
    ['claims that the gateway checks', [virtualService(CLAIM), DOOR, checks('selector: { matchLabels: { istio: ingress } }')]],
    ['claims that a whole namespace checks', [virtualService(CLAIM), DOOR, checks('selector: {}')]],
    ['a header', [virtualService('headers: { x-user: { exact: beta } }'), DOOR]],
    ['a gateway of somebody else', [virtualService(CLAIM, 'other/door'), DOOR]],
  ])('takes a route by %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['that nobody checks', []],
    ['that other pods check', [checks('selector: { matchLabels: { app: cart } }')]],
  ])('tells of a route by claims %s', (_, manifests) => {
    expect(find(virtualService(CLAIM), DOOR, ...manifests)).toMatchObject([
      { on: { path: 'raw/virtualservice/cart' }, got: '@request.auth.claims.group', fix: expect.stringContaining('istio=ingress') },
    ]);
  });
});
