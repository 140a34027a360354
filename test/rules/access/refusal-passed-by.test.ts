import { refusalPassedBy } from '../../../lib/rules/access/refusal-passed-by';
import { ANYONE, call, findings, GET_ITEMS, home, hop, service, waypointOf } from '../model-builder';

const http = [GET_ITEMS];
const cart = service('cart', { home: home('shop', 'ambient', { waypoint: waypointOf('shop') }) });
const web = service('web', { home: home('web', 'sidecar') });
const attached = { attachment: { selector: { app: 'cart' } }, namespaceName: 'shop' };
const refusal = call(ANYONE, cart, {
  action: 'DENY',
  http,
  hops: [hop(ANYONE, cart, { ...attached, role: 'main', readsHttp: true, http })],
});
const direct = call(web, cart, { hops: [hop(web, cart, { ...attached, role: 'direct', readsHttp: false })] });

describe(refusalPassedBy.title, () => {
  it('takes a refusal that all callers meet', () => {
    const throughWaypoint = call(web, cart, { hops: [hop(web, cart, { ...attached, role: 'main', readsHttp: true })] });
    expect(findings(refusalPassedBy, { calls: [refusal, throughWaypoint] })).toEqual([]);
  });

  it('takes a direct caller to another port', () => {
    const admin = { ...cart.ports[0], number: 9090 };
    expect(findings(refusalPassedBy, { calls: [refusal, { ...direct, ports: [admin] }] })).toEqual([]);
  });

  it('fails when a sidecar may dial the pods', () => {
    expect(findings(refusalPassedBy, { calls: [direct, refusal] })).toMatchObject([
      { on: { path: refusal.path }, got: 'web/web may dial 8080 (http)', fix: expect.stringContaining('ambient plane') },
    ]);
  });
});
