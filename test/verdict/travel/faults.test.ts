import { decide } from '../../../lib/verdict/decide';
import { faultsOn } from '../../../lib/verdict/travel/faults';
import { BEHIND_WAYPOINT, CART, CART_VERSIONS, SIDECAR, cluster, get, namespace, sidecarWeb, virtualService, waypoint } from '../fixtures';

const SIDECARS = [namespace('shop', SIDECAR), CART, CART_VERSIONS];
const WAYPOINT = [namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, CART_VERSIONS];
const fromSidecar = get({ from: sidecarWeb });
const faulty = (fault: string) => virtualService('cart', `hosts: [cart], http: [{fault: ${fault}, route: [{destination: {host: cart}}]}]`);
const ALL = '{abort: {httpStatus: 500, percentage: {value: 100}}}';

describe('a fault', () => {
  it('of all requests is the answer of the proxy that routes, the sidecar or the waypoint', () => {
    const aborted = { allowed: false, layer: 'routing', by: 'VirtualService shop/cart', answer: { status: 500, why: 'fault' } };
    expect(decide(cluster(...SIDECARS, faulty(ALL)), fromSidecar)).toMatchObject(aborted);
    expect(decide(cluster(...WAYPOINT, faulty(ALL)), get())).toMatchObject(aborted);
    expect(decide(cluster(...WAYPOINT, faulty(ALL)), get()).trail.map(({ at }) => at)).toContain('waypoint shop/waypoint');
  });

  it('of all requests goes before what else the route answers', () => {
    const both = virtualService('cart', `hosts: [cart], http: [{fault: ${ALL}, directResponse: {status: 200}}]`);
    expect(decide(cluster(...SIDECARS, both), fromSidecar).answer?.status).toBe(500);
  });

  it('of a share, or one that only takes time, lets requests in and is told', () => {
    const fault = '{delay: {fixedDelay: 5s, percentage: {value: 10}}, abort: {grpcStatus: UNAVAILABLE, percentage: {value: 50}}}';
    const { allowed, faults = [] } = decide(cluster(...SIDECARS, faulty(fault)), fromSidecar);
    expect(allowed).toBe(true);
    expect(faults.map(({ at, text, by }) => [at, text, by])).toEqual([
      [expect.stringMatching(/^sidecar /), '10 % wait 5s', 'VirtualService shop/cart'],
      [expect.stringMatching(/^sidecar /), '50 % are answered gRPC status UNAVAILABLE', 'VirtualService shop/cart'],
    ]);
    expect(decide(cluster(...SIDECARS, faulty('{delay: {fixedDelay: 5s}}')), fromSidecar).faults).toBeUndefined();
  });

  it('of a route to which another delegates is its own, else that of the other', () => {
    const root = virtualService('cart', `hosts: [cart], http: [{fault: ${ALL}, delegate: {name: leaf}}]`);
    const leaf = (fault: string) => virtualService('leaf', `http: [{${fault}route: [{destination: {host: cart}}]}]`);
    expect(decide(cluster(...SIDECARS, root, leaf('')), fromSidecar).answer?.status).toBe(500);
    expect(decide(cluster(...SIDECARS, root, leaf('fault: {delay: {fixedDelay: 5s}}, ')), fromSidecar).allowed).toBe(true);
  });

  it('is nobody’s where no object says how requests are routed', () => {
    expect(faultsOn([{ at: 'sidecar shop/web', fault: { delay: { duration: '5s', percent: 10 } } }])).toEqual([]);
  });
});
