import { servicesOf } from '../../../lib/cluster/services/services';
import type { Request } from '../../../lib/verdict/requests/request';
import type { Addressed } from '../../../lib/verdict/routes/proxy-answer';
import { DEFAULT_RETRIES, type RouteRule } from '../../../lib/verdict/routes/route-table';
import { routed } from '../../../lib/verdict/travel/routed';
import { clusterFrom, readYaml } from '../../manifests';

const CART = '{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{port: 80}, {name: tcp, port: 81}]}}';
const [object] = readYaml(CART);
const [service] = servicesOf(clusterFrom(CART));
const LINE = { from: { pod: { namespace: 'shop' } }, to: { host: 'cart', port: 80 }, path: '/old' };
const called = (port: number) => ({ service, host: service.hosts[0], port });
const rule = (isMatch: boolean, destinations: RouteRule['destinations'] = []): RouteRule => ({
  by: 'HTTPRoute shop/cart',
  object,
  matches: () => isMatch,
  destinations,
});

describe('a proxy', () => {
  it("sends requests to the service that was called where nobody said anything, with Istio's own retries for HTTP", () => {
    expect(routed('sidecar a', { rules: [] }, LINE, called(80))).toMatchObject({
      leg: { at: 'sidecar a', retries: DEFAULT_RETRIES },
      destinations: [{ host: service.hosts[0], port: 80 }],
    });
    expect(routed('sidecar a', { rules: [] }, LINE, called(81)).leg?.retries).toBeUndefined();
  });

  it('answers itself where no rule matches, or one that leads nowhere', () => {
    const refusal = { layer: 'routing', by: 'HTTPRoute shop/cart', object };
    const answer = { status: 404, why: 'none' };
    expect(routed('sidecar a', { rules: [rule(false)] }, LINE, called(80))).toEqual({ destinations: [], refusal: { ...refusal, answer } });
    expect(routed('sidecar a', { rules: [rule(true)] }, LINE, called(80))).toEqual({ destinations: [], refusal });
  });

  it('says where clients shall go, by the address that they asked for', () => {
    const moved = {
      ...rule(true),
      answer: ({ scheme, host, port, path }: Addressed) => ({ status: 302, location: `${scheme} ${host} ${port} ${path}` }),
    };
    const heard = (request: Request) => routed('sidecar a', { rules: [moved] }, request, called(80)).refusal?.answer;
    expect(heard(LINE)).toEqual({ status: 302, location: `http ${service.hosts[0]} 80 /old` });
    const passedOn = { ...LINE, addressed: { scheme: 'https', host: 'shop.example.com' } };
    expect(heard(passedOn)?.location).toBe('https shop.example.com 80 /old');
  });

  it('cannot be followed where it redirects in words that nobody reads', () => {
    const dark = { ...rule(true), answer: () => undefined };
    expect(routed('sidecar a', { rules: [dark] }, LINE, called(80)).unknown).toContain('HTTPRoute shop/cart redirects');
  });

  it('cannot be followed where nobody can tell', () => {
    expect(routed('sidecar a', { rules: [], unknown: 'why' }, LINE, called(80))).toEqual({ destinations: [], unknown: 'why' });
  });
});
