import type { MirrorFacts } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, needsHttp } = routeFeatures().find(({ key }) => key === 'mirror')!;
const other = { key: 'shop/audit', host: 'audit.shop.svc.cluster.local', name: 'audit', namespaceName: 'shop', port: 90 };
const inVirtualService = (mirror: MirrorFacts) => inRoute!.istio!(mirror, CART);
const inHttpRoute = (mirror: MirrorFacts) => inRoute!['gateway-api']!(mirror, CART);

describe('a mirror', () => {
  it('sends copies to a subset, or to the Service of a version, on the port of the request', () => {
    const mirror = { version: 'v3', percentage: 10 };
    const destination = { host: CART.host, subset: 'v3', port: { number: 80 } };
    expect(inVirtualService(mirror)).toEqual({ mirrors: [{ destination, percentage: { value: 10 } }] });
    const backendRef = { group: '', kind: 'Service', name: 'cart-v3', port: 80 };
    expect(inHttpRoute(mirror)).toEqual({ filters: [{ type: 'RequestMirror', requestMirror: { backendRef, percent: 10 } }] });
  });

  it('sends copies to another service on that one’s port', () => {
    const mirror = { other, percentage: 100 };
    expect(inVirtualService(mirror)).toMatchObject({ mirrors: [{ destination: { host: other.host, port: { number: 90 } } }] });
    const backendRef = { group: '', kind: 'Service', name: 'audit', namespace: 'shop', port: 90 };
    expect(inHttpRoute(mirror)).toMatchObject({ filters: [{ requestMirror: { backendRef, percent: 100 } }] });
  });

  it('counts parts of a percent as a fraction where an API counts whole ones', () => {
    const fraction = { numerator: 5_000, denominator: 1_000_000 };
    expect(inHttpRoute({ version: 'v3', percentage: 0.5 })).toMatchObject({ filters: [{ requestMirror: { fraction } }] });
  });

  it('needs a proxy that reads HTTP', () => {
    expect(needsHttp).toBe(true);
  });
});
