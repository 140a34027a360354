import type { Request } from '../../../lib/verdict/requests/request';
import * as made from '../../verdict/fixtures';
import { disagreement } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const PODS = [made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
const DOOR = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: door, namespace: shop}
spec: {template: {metadata: {labels: {istio: door, istio.io/dataplane-mode: none, sidecar.istio.io/inject: "true"}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec:
  selector: {istio: door}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"]}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: cert}}
---`;
const PLANES = {
  sidecars: [made.namespace('shop', made.SIDECAR), ...PODS],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), ...PODS],
};
const HOST = 'cart.shop.svc.cluster.local';
const to = (name: string) => `route: [{destination: {host: ${name}, port: {number: 8080}}}]`;
const first = (match: string, more = '') => `http: [{match: [{${match}}]${more}, ${to('cart-v2')}}, {${to('cart-v1')}}]`;

/** What a match asks for, and what else its route does. */
const MATCHES: Readonly<Record<string, readonly [string, string?]>> = {
  'a scheme': ['scheme: {exact: https}'],
  'a beginning of a scheme': ['scheme: {prefix: http}'],
  'an authority': [`authority: {exact: ${HOST}}`],
  'a beginning of an authority': ['authority: {prefix: shop.}'],
  'an expression for an authority': ['authority: {regex: ".*example.*"}'],
  'a path in any letters': ['uri: {exact: /Items/1}, ignoreUriCase: true'],
  'a beginning in any letters': ['uri: {prefix: /ITEMS}, ignoreUriCase: true'],
  'an expression, whose letters stay as they are': ['uri: {regex: "/Items/.*"}, ignoreUriCase: true'],
  'a beginning in any letters that becomes another': ['uri: {prefix: /ITEMS/}, ignoreUriCase: true', ', rewrite: {uri: /things/}'],
  'no such header': ['withoutHeaders: {x-tester: {}}'],
  'another text of a header': ['withoutHeaders: {x-tester: {exact: "yes"}}'],
  'a parameter': ['queryParams: {page: {exact: "1"}}'],
  'a parameter by an expression': ['queryParams: {page: {regex: "[0-9]+"}}'],
  'labels of the caller': ['sourceLabels: {app: web}'],
  'the namespace of the caller': ['sourceNamespace: shop'],
  'the mesh alone': ['gateways: [mesh], uri: {prefix: /}'],
  'a gateway alone': ['gateways: [door], uri: {prefix: /}'],
  'nothing but a name for statistics': ['name: all, statPrefix: all, uri: {prefix: /}'],
};

const LINES: ReadonlyArray<Partial<Request>> = [
  { path: '/items/1' },
  { path: '/ITEMS/1' },
  { path: '/Items/1?page=1' },
  { path: '/?page=x' },
  { path: '/', headers: { 'x-tester': 'yes' } },
  { path: '/', headers: { 'x-tester': 'no' } },
];

const ENDS: ReadonlyArray<Pick<Request, 'from' | 'to'>> = [
  { from: { workload: 'shop/web' }, to: { host: HOST, port: 8080 } },
  ...[80, 443].map((port) => ({ from: { gateway: 'shop/door' }, to: { host: 'shop.example.com', port } })),
];

const CASES = Object.entries(PLANES).flatMap(([plane, pods]) =>
  Object.entries(MATCHES).map(([name, [match, more]]) => [`${name}, ${plane}`, pods, match, more] as const),
);

describe('a match of a VirtualService', () => {
  it.each(CASES)('asks as istiod has Envoy ask: %s', async (_, pods, match, more) => {
    const spec = `hosts: [${HOST}, shop.example.com], gateways: [mesh, door], ${first(match, more)}`;
    const mesh = meshFrom(made.objects(...pods, DOOR, made.virtualService('cart', spec)));
    const requests = ENDS.flatMap((ends) => LINES.map((line) => ({ ...ends, ...line })));
    const answers = await mesh.answers(requests);
    const unlike = requests.flatMap((request, index) => {
      const said = disagreement(mesh.cluster, request, answers[index]);
      return said === undefined ? [] : [{ ...request, said }];
    });
    expect(unlike).toEqual([]);
  });

  it('of a scheme tells an entrance by HTTPS from one by HTTP', async () => {
    const spec = `hosts: [shop.example.com], gateways: [door], ${first('scheme: {exact: https}')}`;
    const mesh = meshFrom(made.objects(...PLANES.sidecars, DOOR, made.virtualService('cart', spec)));
    const answers = await mesh.answers(ENDS.slice(1));
    expect(answers.map(({ ways }) => ways.map(({ workload }) => workload))).toEqual([['shop/cart-v1'], ['shop/cart-v2']]);
  });
});
