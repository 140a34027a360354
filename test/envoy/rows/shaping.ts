import { Duration } from 'cdk8s';
import { PathRewrite, RateLimit, RequestMatch, RequestRouting } from 'istio-constructs';
import { edgeGateway } from '../../builders';
import { statusesOf } from '../expectations';
import type { Row } from '../row';

const SITE = 'https://www.example.com';
const asksFor = (method: string) => ({
  method: 'OPTIONS',
  path: '/items',
  headers: { origin: SITE, 'access-control-request-method': method },
});

/** Five requests to old paths in an hour. */
const OLD = { requests: 5, per: Duration.hours(1), match: RequestMatch.pathPrefix('/v1/items') };
const items = { path: '/v1/items/7?a=b' };

export const PREFLIGHT: Row = {
  what: 'answers what browsers ask beforehand of the requests that a rule takes by their method, and no others',
  program: ({ shop, cart }) =>
    void new RequestRouting(shop, 'rules', {
      service: cart,
      rules: [{ match: [RequestMatch.httpMethod('PUT')], cors: { allowOrigins: [SITE], allowMethods: ['PUT'] } }],
    }),
  check: async (envoy) => {
    const [put, other] = [await envoy.send(asksFor('PUT')), await envoy.send(asksFor('DELETE'))];
    expect([put.pod, put.headers['access-control-allow-origin']]).toEqual([undefined, SITE]);
    expect([other.pod !== undefined, other.headers['access-control-allow-origin']]).toEqual([true, undefined]);
    const sent = await envoy.send({ method: 'PUT', path: '/items', headers: { origin: SITE } });
    expect([sent.pod !== undefined, sent.headers['access-control-allow-origin']]).toEqual([true, SITE]);
  },
};

export const LIMIT_AT_GATEWAY: Row = {
  what: 'is asked of its limits by paths as clients write them, before it rewrites',
  at: 'gateway',
  program: ({ chart, shop, cart }, plane) => {
    const gateway = edgeGateway(chart, plane.dataPlane);
    gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/v1', rewrite: { path: PathRewrite.prefix('/') } });
    new RateLimit(shop, 'old', { gateway, ...OLD });
  },
  check: async (envoy) => {
    expect(statusesOf(await envoy.sendMany(20, items))).toEqual({ 200: 5, 429: 15 });
    expect(statusesOf(await envoy.sendMany(10, { path: '/v1/cards' }))).toEqual({ 200: 10 });
  },
};

/** The callee's proxy gets what the caller's has rewritten. */
export const LIMIT_BEHIND_REWRITE: Row = {
  what: 'counts the requests that a limit names by the path in which they arrive, or were sent',
  at: 'callee',
  planes: ['sidecar'],
  program: ({ shop, cart }) => {
    new RateLimit(shop, 'old', { service: cart, ...OLD });
    const rewrite = { path: PathRewrite.prefix('/api') };
    new RequestRouting(shop, 'rules', { service: cart, rules: [{ match: [RequestMatch.pathPrefix('/v1')], rewrite }] });
  },
  check: async (envoy) => {
    expect(statusesOf(await envoy.sendMany(3, { path: '/api/items/7?a=b' }))).toEqual({ 200: 3 });
    expect(statusesOf(await envoy.sendMany(10, items))).toEqual({ 200: 2, 429: 8 });
    expect(statusesOf(await envoy.sendMany(10, { path: '/api/cards' }))).toEqual({ 200: 10 });
  },
};

export const SHAPING: readonly Row[] = [PREFLIGHT, LIMIT_AT_GATEWAY, LIMIT_BEHIND_REWRITE];
