import type { Request } from '../../../lib/verdict/requests/request';
import { decide } from '../../../lib/verdict/decide';
import * as made from '../../verdict/fixtures';
import { disagreement } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const WEB = made.deployment('web', 'web', 'v1');
const GRPC = { port: '{name: grpc, port: 8080}' };
const PODS = [
  made.deployment('cart-v1', 'cart', 'v1') + made.deployment('cart-v2', 'cart', 'v2') + made.service('cart', 'app: cart', GRPC),
  made.service('cart-v1', 'app: cart, version: v1', GRPC) + made.service('cart-v2', 'app: cart, version: v2', GRPC),
  WEB,
];
const PLANES = {
  sidecars: [made.namespace('shop', made.SIDECAR), ...PODS],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), ...PODS],
};

const route = (name: string, parents: string, rules: string, extra = '') =>
  made.httpRoute(name, parents, rules, extra).replace('kind: HTTPRoute', 'kind: GRPCRoute');
const backends = (...names: string[]) => `backendRefs: [${names.map((name) => `{name: ${name}, port: 8080}`).join(', ')}]`;
const match = (...fields: string[]) => `matches: [${fields.map((one) => `{${one}}`).join(', ')}]`;

const RULES = [
  `{${match('method: {service: shop.Cart, method: Add}')}, ${backends('cart-v2')}}`,
  `{${match('method: {service: shop.Cart}, headers: [{name: x-tester, value: "yes"}]')}, ${backends('cart-v2')}}`,
  `{${match('method: {method: Watch}', 'method: {type: RegularExpression, service: "shop\\\\..*", method: "Get.*"}')}, ${backends('cart-v2')}}`,
  `{${match('headers: [{name: x-team, value: "a.*", type: RegularExpression}]')}, ${backends('cart-v2')}}`,
  `{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-way, value: grpc}]}}], backendRefs: [{name: cart-v1, port: 8080, weight: 3}, {name: cart-v2, port: 8080, weight: 1}]}`,
].join(', ');

const HEADERS: ReadonlyArray<Readonly<Record<string, string>>> = [{}, { 'x-tester': 'yes' }, { 'x-team': 'ab' }];
const LINES = [
  '/shop.Cart/Add',
  '/shop.Cart/AddAll',
  '/shop.Cart/Watch',
  '/shop.Stock/Watch',
  '/shop.Stock/GetAll',
  '/other.Stock/GetAll',
  '/shop.Cart',
  '/',
].flatMap((path) => HEADERS.map((headers) => ({ method: 'POST', path, headers })));

const asks = (to: Request['to'], from: Request['from']): Request[] => LINES.map((line) => ({ from, to, ...line }));
const TO_CART = { host: 'cart.shop.svc.cluster.local', port: 8080 };

async function differences(objects: readonly string[], requests: readonly Request[]): Promise<object[]> {
  const mesh = meshFrom(made.objects(...objects));
  const answers = await mesh.answers(requests);
  return requests.flatMap((request, index) => {
    const said = disagreement(mesh.cluster, request, answers[index]);
    return said === undefined ? [] : [{ path: request.path, headers: request.headers, said }];
  });
}

describe('a GRPCRoute', () => {
  it.each(Object.entries(PLANES))('shares calls of a Service out as istiod does: %s', async (_, pods) => {
    const objects = [...pods, route('cart', made.TO_CART, RULES)];
    expect(await differences(objects, asks(TO_CART, { workload: 'shop/web' }))).toEqual([]);
    const elsewhere = [...pods, route('cart', made.TO_CART.replace('}', ', port: 9090}'), RULES)];
    expect(await differences(elsewhere, asks(TO_CART, { workload: 'shop/web' }))).toEqual([]);
  });

  it.each(Object.entries(PLANES))('takes calls in by a gateway as istiod does: %s', async (_, pods) => {
    const ways = { from: made.outside, to: { host: 'cart.example.com', port: 443 } };
    const objects = [...pods, made.GATEWAY, route('cart', made.TO_GATEWAY, RULES, ', hostnames: [cart.example.com]')];
    expect(await differences(objects, asks(ways.to, ways.from))).toEqual([]);
    const narrow = [
      ...pods,
      made.GATEWAY,
      route('cart', made.TO_GATEWAY, `{${match('method: {service: shop.Cart}')}, ${backends('cart')}}`, ', hostnames: [cart.example.com]'),
    ];
    expect(await differences(narrow, asks(ways.to, ways.from))).toEqual([]);
  });

  it('of the mesh asks for no ReferenceGrant, and one of a gateway does', async () => {
    const bank =
      made.deployment('cart-v3', 'cart', 'v3', 'bank') +
      made.service('cart-v3', 'app: cart', GRPC).replace('namespace: shop', 'namespace: bank');
    const there = [made.namespace('bank', made.SIDECAR), bank];
    const far = '{backendRefs: [{name: cart-v3, namespace: bank, port: 8080}]}';
    const grant = (kind: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: routes, namespace: bank}
spec: {from: [{group: gateway.networking.k8s.io, kind: ${kind}, namespace: shop}], to: [{group: "", kind: Service}]}
---`;
    const [web, outside] = [
      { from: { workload: 'shop/web' }, to: TO_CART },
      { from: made.outside, to: { host: 'cart.example.com', port: 443 } },
    ];
    const atGateway = route('cart', made.TO_GATEWAY, far, ', hostnames: [cart.example.com]');
    const meshes = [
      [[...PLANES.sidecars, ...there, route('cart', made.TO_CART, far)], web],
      [[...PLANES.sidecars, ...there, made.GATEWAY, atGateway], outside],
      [[...PLANES.sidecars, ...there, made.GATEWAY, atGateway, grant('HTTPRoute')], outside],
      [[...PLANES.sidecars, ...there, made.GATEWAY, atGateway, grant('GRPCRoute')], outside],
    ] as const;
    const said = await Promise.all(
      meshes.map(async ([objects, request]) => {
        const mesh = meshFrom(made.objects(...objects));
        return [(await mesh.answer(request)).allowed, decide(mesh.cluster, request).allowed];
      }),
    );
    expect(said).toEqual([true, false, false, true].map((allowed) => [allowed, allowed]));
  });

  it('beside an HTTPRoute for the same host is one of two owners', () => {
    const objects = [...PLANES.sidecars, route('calls', made.TO_CART, RULES), made.httpRoute('pages', made.TO_CART, made.NINETY_TEN)];
    const request = { from: { workload: 'shop/web' }, to: TO_CART };
    expect(decide(made.cluster(...objects), request).unknown).toBe(
      'cart.shop.svc.cluster.local has two owners: GRPCRoute shop/calls and HTTPRoute shop/pages',
    );
  });
});
