import { Duration } from 'cdk8s';
import {
  type CorsPolicy,
  DataPlane,
  type HeaderChanges,
  MeshedService,
  type MeshedServiceProps,
  MeshPort,
  PathRewrite,
  RequestMatch,
  RequestRouting,
} from 'istio-constructs';
import type { RequestRule } from '../../../lib/constructs/releases/requests/request-rule';
import { edgeGateway, findingCodes, names, shop, type Shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const sidecars = { dataPlane: DataPlane.sidecar() };
const rule = (said: RequestRule) => () => {
  const { shop: namespace, cart } = shop(sidecars);
  return new RequestRouting(namespace, 'routes', { service: cart, rules: [said] });
};
const made = (props: Partial<MeshedServiceProps>) => () =>
  new MeshedService(shop(sidecars).shop, 'stock', { image: 'stock:1', ports: [MeshPort.http(8080)], ...props });
const headers = (requestHeaders: HeaderChanges) => made({ requestHeaders });
const cors = (parts: Partial<CorsPolicy>) => made({ cors: { allowOrigins: ['https://a.com'], ...parts } });

describe('shaping that cannot be', () => {
  it.each<[string, () => unknown, string, string, string]>([
    ['without HTTP', made({ ports: [MeshPort.tcp(25)], cors: { allowOrigins: ['*'] } }), 'stock', 'MESH720', 'drop cors'],
    ['with two answers', rule({ redirect: { host: 'a' }, directResponse: { status: 404 } }), 'routes', 'MESH721', 'drop directResponse'],
    [
      'that changes what is not sent',
      rule({ redirect: { host: 'a' }, requestHeaders: { remove: ['a'] } }),
      'routes',
      'MESH721',
      'drop requestHeaders',
    ],
    ['that says nothing', headers({ set: {}, remove: [] }), 'stock', 'MESH722', 'leave it out'],
    ['that leads nowhere', rule({ redirect: { status: 301 } }), 'routes', 'MESH722', 'say what in redirect'],
    ['of an unknown status', rule({ redirect: { host: 'a', status: 304 } }), 'routes', 'MESH724', 'leave status out'],
    ['with a long answer', rule({ directResponse: { status: 503, body: 'x'.repeat(102_401) } }), 'routes', 'MESH725', 'redirect them'],
    ['with a status that is none', rule({ directResponse: { status: 600 } }), 'routes', 'MESH015', 'within these bounds'],
    ['to a host with a port', rule({ redirect: { host: 'a.com:80' } }), 'routes', 'MESH726', 'shop.example.com'],
    ['beside a version', rule({ to: 'v1', directResponse: { status: 503 } }), 'routes', 'MESH727', 'drop to'],
    ['of one header twice', headers({ add: { A: '1' }, remove: ['a'] }), 'stock', 'MESH728', 'each header'],
    ['of the line of a request', headers({ set: { ':path': '/' } }), 'stock', 'MESH730', 'rewrite: { path }'],
    ['of the host', headers({ remove: ['Host'] }), 'stock', 'MESH730', 'rewrite: { authority }'],
    ['of a connection', headers({ set: { 'Content-Length': '7' } }), 'stock', 'MESH730', 'by each proxy for itself'],
    ['by a variable that is none', headers({ set: { a: '%SECRET%' } }), 'stock', 'MESH731', '%%'],
    ['by an empty value', headers({ set: { a: '' } }), 'stock', 'MESH731', '%%'],
    ['by a value of two lines', headers({ set: { a: 'b\nc: d' } }), 'stock', 'MESH731', '%%'],
    ['for no site', cors({ allowOrigins: [] }), 'stock', 'MESH732', 'https://shop.example.com'],
    ['for a path', cors({ allowOrigins: ['https://a.com/'] }), 'stock', 'MESH732', 'https://shop.example.com'],
    ['for cookies of all', cors({ allowOrigins: ['*'], allowCredentials: true }), 'stock', 'MESH733', 'name the sites'],
    ['for a method twice', cors({ allowMethods: ['PUT', 'PUT'] }), 'stock', 'MESH734', 'give the words alone'],
    ['for a header that is none', cors({ exposeHeaders: ['x y'] }), 'stock', 'MESH734', 'give the words alone'],
    ['for a part of a second', cors({ maxAge: Duration.millis(1500) }), 'stock', 'MESH015', 'within these bounds'],
  ])('fails %s', (_, act, id, code, fix) => {
    expectRefusal(act, { code, path: `test/shop/${id}`, fix });
  });

  it('fails for more headers than a filter has room for', () => {
    const remove = Array.from({ length: 17 }, (_, index) => `x-${index}`);
    expectRefusal(headers({ remove }), { code: 'MESH729', path: 'test/shop/stock', fix: 'the service itself' });
  });

  it('fails at a gateway that gives all paths another beginning', () => {
    const one = shop(sidecars);
    const gateway = edgeGateway(one.chart, sidecars.dataPlane);
    const rewrite = { path: PathRewrite.prefix('/v1') };
    expectRefusal(() => gateway.expose(one.cart, { host: 'shop.example.com', rewrite }), {
      code: 'MESH723',
      path: gateway.node.path,
      fix: 'set pathPrefix',
    });
  });

  it.each(['100%%', '%REQ(x-a)%', '%REQ(:path):40%', 'a %DOWNSTREAM_REMOTE_ADDRESS% b', 'ä\tb'])('takes the value %s', (value) => {
    expect(headers({ set: { 'X-A': value } })).not.toThrow();
  });
});

type Route = Record<string, any>;

/** The routes of an object, in either API. */
function routesOf({ chart }: Shop, kind: string, name = 'cart'): Route[] {
  const { http, rules } = spec(chart, kind, name) as Record<string, Route[]>;
  return http ?? rules;
}

describe('shaping in a route', () => {
  forEachPlane((plane) => {
    const KIND = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
    const match = [RequestMatch.pathPrefix('/old')];

    it('leaves a route that answers by itself without destinations, and without what is about sending', () => {
      const one = shop(plane, { timeout: Duration.seconds(3), cors: { allowOrigins: ['*'] } });
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match, redirect: { host: 'www.example.com' } }] });
      const [first, last] = routesOf(one, KIND);
      expect(Object.keys(first).sort()).toEqual(
        plane.of({ sidecar: ['corsPolicy', 'match', 'name', 'redirect'], ambient: ['filters', 'matches', 'name'] }),
      );
      expect(last).toMatchObject(plane.of({ sidecar: { timeout: '3s', route: [{}] }, ambient: { backendRefs: [{ name: 'cart' }] } }));
      expect(plane.of({ sidecar: [], ambient: first.filters?.map(({ type }: { type: string }) => type) })).toEqual(
        plane.of({ sidecar: [], ambient: ['RequestRedirect', 'CORS'] }),
      );
    });

    it('is all in one list of filters, or in one place for headers', () => {
      const one = shop(plane, { requestHeaders: { set: { a: '1' } }, responseHeaders: { remove: ['b'] } });
      one.product.calls(one.cart);
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match, rewrite: { path: PathRewrite.prefix('/') } }] });
      const [first] = routesOf(one, KIND);
      const filters = ['URLRewrite', 'RequestHeaderModifier', 'ResponseHeaderModifier'].map((type) => ({ type }));
      const headers = { request: { set: { a: '1' } }, response: { remove: ['b'] } };
      expect(first).toMatchObject(plane.of<Route>({ sidecar: { headers, rewrite: {} }, ambient: { filters } }));
    });

    it('is a VirtualService where HTTPRoute has no words, and then lost at a gateway that routes by itself', () => {
      const one = shop(plane);
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match, directResponse: { status: 410, body: 'gone' } }] });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const [first] = routesOf(one, 'VirtualService');
      expect(first).toMatchObject({ directResponse: { status: 410, body: { string: 'gone' } } });
      expect(first.route).toBeUndefined();
      expect(findingCodes(one.chart)).toEqual(plane.of({ sidecar: ['MESH401'], ambient: ['MESH310'] }));
      // Without a backend Istio answers with 500, and nobody comes in by the way that was shut.
      const [gone] = routesOf(one, 'HTTPRoute', 'cart-gateway');
      expect(gone.backendRefs === undefined).toBe(plane.of({ sidecar: true, ambient: false }));
    });

    it('is done once: the gateway’s own route leaves it to the waypoint', () => {
      const one = shop(plane, { requestHeaders: { set: { a: '1' } } });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const [through] = routesOf(one, 'HTTPRoute', 'cart-gateway');
      expect(through.filters?.length ?? 0).toBe(plane.of({ sidecar: 1, ambient: 0 }));
      expect(names(one.chart, 'Gateway')).toContain(plane.of({ sidecar: 'edge/gateway', ambient: 'shop/waypoint' }));
    });

    it('holds for all requests that no other rule takes', () => {
      const one = shop(plane);
      const rules = [{ match, to: 'v1' }, { rewrite: { path: PathRewrite.whole('/closed') } }];
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
      const isRewritten = ({ rewrite, filters }: Route): boolean => rewrite !== undefined || filters !== undefined;
      expect(routesOf(one, KIND).map(isRewritten)).toEqual([false, true]);
    });
  });
});
