import { unenforcedHttp } from '../../../lib/rules/access/unenforced-http';
import { call, findings, GET_ITEMS, namespaceState, hop, namespace, need, other, service, TCP, waypointOf } from '../model-builder';

const http = [GET_ITEMS];
const ambient = namespaceState('shop', 'ambient');
const behindWaypoint = namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') });
const web = service('web', { namespace: namespaceState('web', 'sidecar') });

describe(unenforcedHttp.title, () => {
  it('takes a call that a proxy checks', () => {
    expect(findings(unenforcedHttp, { calls: [call(web, service('cart'), { http })] })).toEqual([]);
  });

  it('takes a call without HTTP part, and one whose HTTP part stands elsewhere too', () => {
    const cart = service('cart', { namespace: ambient });
    expect(findings(unenforcedHttp, { calls: [call(web, cart), call(web, cart, { http, httpIsOptional: true })] })).toEqual([]);
  });

  it('fails a sidecar that bypasses the waypoint', () => {
    const cart = service('cart', { namespace: behindWaypoint });
    expect(findings(unenforcedHttp, { calls: [call(web, cart, { http })] })).toMatchObject([
      {
        on: { path: 'web/web' },
        got: 'web/web has a sidecar, and sidecars bypass waypoints',
        fix: expect.stringContaining('ambient mode'),
      },
    ]);
  });

  it('fails where an imported callee names no waypoint', () => {
    const cart = service('cart', { namespace: ambient, owned: false });
    const caller = service('web', { namespace: namespaceState('web', 'ambient') });
    expect(findings(unenforcedHttp, { calls: [call(caller, cart, { http })] })).toMatchObject([
      { fix: expect.stringContaining('where it is imported') },
    ]);
  });

  it('leaves a namespace without the needed waypoint to its own rules', () => {
    const caller = service('web', { namespace: namespaceState('web', 'ambient') });
    const shop = namespace('shop', 'ambient', { waypointPolicy: 'never', httpNeeds: [need('web/web')] });
    expect(findings(unenforcedHttp, { calls: [call(caller, service('cart', { namespace: shop }), { http })], namespaces: [shop] })).toEqual(
      [],
    );
  });

  it('leaves TCP ports to their own rule', () => {
    expect(findings(unenforcedHttp, { calls: [call(web, service('db', { ports: [TCP] }), { http })] })).toEqual([]);
  });

  it('fails where the callee has no proxy at all', () => {
    const outside = other('unmeshed', 'db');
    expect(findings(unenforcedHttp, { calls: [call(web, outside, { http, hops: [hop(web, outside)] })] })).toMatchObject([
      { on: { path: 'web/web' }, fix: expect.stringContaining('leave methods and paths out') },
    ]);
  });

  it('fails where a route changes paths in a way that no policy can say', () => {
    const cart = service('cart');
    const plain = call(web, cart, { http });
    const hops = plain.hops.map((one) => ({ ...one, enforcement: { ...one.enforcement!, unclearPaths: ['*.png'] } }));
    expect(findings(unenforcedHttp, { calls: [{ ...plain, hops }] })).toMatchObject([
      { on: { path: 'web/web' }, got: '*.png', fix: expect.stringContaining('name the paths that web asks for as they begin') },
    ]);
  });
});
