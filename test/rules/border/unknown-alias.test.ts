import { Deferred } from 'istio-constructs';
import { unknownAlias } from '../../../lib/rules/border/unknown-alias';
import { findings, namespace, raw } from '../model-builder';

const alias = (host: string) => `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { type: ExternalName, externalName: ${host}, ports: [{ name: http, port: 80 }] }
`;

const VIRTUAL = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: api } }] }] }
`;

const ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec: { parentRefs: [{ name: gateway }], rules: [{ backendRefs: [{ name: api, port: 80 }] }] }
`;

const entry = (host: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: ["${host}"], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
`;

const CART = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;

const WAYPOINT = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;

const find = (...manifests: string[]) =>
  findings(unknownAlias, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'sidecar')] });

describe(unknownAlias.title, () => {
  it.each([
    ['a host that a ServiceEntry makes known', [VIRTUAL, alias('api.example.com'), entry('api.example.com')]],
    [
      'a host that may be that of a ServiceEntry, whose own is known only later',
      [VIRTUAL, alias('api.example.com'), entry(Deferred.text(1))],
    ],
    ['one that its wildcard covers', [ROUTE, alias('api.example.com'), entry('*.example.com')]],
    ['another Service of the program', [VIRTUAL, alias('cart.shop.svc.cluster.local'), CART]],
    ['a Service of a namespace that another program makes', [VIRTUAL, alias('cart.elsewhere.svc.cluster.local')]],
    ['another name that no route leads to', [alias('api.example.com')]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['a VirtualService', [VIRTUAL, alias('api.example.com')], 'raw/virtualservice/cart'],
    ['an HTTPRoute', [ROUTE, alias('api.example.com')], 'raw/httproute/cart'],
    ['a route to a Service of the program that is not there', [VIRTUAL, alias('lost.shop.svc.cluster.local')], 'raw/virtualservice/cart'],
  ])('fails %s', (_, manifests, path) => {
    expect(find(...manifests)).toMatchObject([{ on: { path }, message: expect.stringContaining('Service shop/api') }]);
  });

  it('fails a route that a waypoint follows, though its host is known', () => {
    const known = [alias('api.example.com'), entry('api.example.com'), WAYPOINT];
    const [labelled, plain] = [', labels: { istio.io/use-waypoint: waypoint }', ''].map((labels) =>
      CART.replace(' shop }', ` shop${labels} }`),
    );
    const route = ROUTE.replace('{ name: gateway }', '{ group: "", kind: Service, name: cart }');
    for (const said of [VIRTUAL, route]) {
      expect(find(said, ...known, plain)).toEqual([]);
      expect(find(said, ...known, labelled)).toMatchObject([{ message: expect.stringContaining('a waypoint knows no such Services') }]);
    }
  });
});
