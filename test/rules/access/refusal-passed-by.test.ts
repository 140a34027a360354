import { refusalPassedBy } from '../../../lib/rules/access/refusal-passed-by';
import type { Party } from '../../../lib/model/party';
import type { CallModel } from '../../../lib/model/mesh-model';
import { ANYONE, call, findings, GET_ITEMS, namespaceState, hop, identity, other, service, waypointOf } from '../model-builder';

const http = [GET_ITEMS];
const cart = service('cart', { namespace: namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') }) });
const web = service('web', { namespace: namespaceState('web', 'sidecar') });
const attached = { attachment: { selector: { app: 'cart' } }, namespaceName: 'shop' };
const atWaypoint = { attachment: { targetRefs: [{ group: '', kind: 'Service', name: 'cart' }] }, namespaceName: 'shop' };
const waypoint = other('gateway', 'waypoint');
const refused = (caller: Party, callee = cart): CallModel =>
  call(caller, callee, { action: 'DENY', http, hops: [hop(caller, callee, { ...atWaypoint, readsHttp: true, http })] });
const dials = (caller: Party): CallModel => call(caller, cart, { hops: [hop(caller, cart, { ...attached, readsHttp: false })] });
const refusal = refused(ANYONE);
const direct = dials(web);
const throughWaypoint = call(web, cart, {
  hops: [hop(web, waypoint, { ...atWaypoint, readsHttp: true }), hop(waypoint, cart, { ...attached, readsHttp: false })],
});

describe(refusalPassedBy.title, () => {
  it('takes a refusal that all callers meet', () => {
    expect(findings(refusalPassedBy, { calls: [refusal, throughWaypoint] })).toEqual([]);
  });

  it('takes a direct caller to another port', () => {
    const admin = { ...cart.ports[0], number: 9090 };
    expect(findings(refusalPassedBy, { calls: [refusal, { ...direct, ports: [admin] }] })).toEqual([]);
  });

  it('fails when a sidecar may dial the pods', () => {
    expect(findings(refusalPassedBy, { calls: [direct, refusal] })).toMatchObject([
      { on: { path: refusal.path }, got: 'web/web may connect to the pods on 8080 (http)', fix: expect.stringContaining('ambient mode') },
    ]);
  });

  it('takes a refusal by name when another caller may dial the pods', () => {
    expect(findings(refusalPassedBy, { calls: [refused(identity('jobs', 'sync')), direct] })).toEqual([]);
  });

  it('fails a refusal by name when anyone may dial the pods', () => {
    expect(findings(refusalPassedBy, { calls: [refused(identity('jobs', 'sync')), dials(ANYONE)] })).toMatchObject([
      { got: 'anyone may connect to the pods on 8080 (http)', fix: expect.stringContaining('give allowAnyone an http option') },
    ]);
  });

  it('asks for the plane of an identity that may be of either', () => {
    expect(findings(refusalPassedBy, { calls: [refusal, dials(identity('jobs', 'sync'))] })).toMatchObject([
      { fix: 'set dataPlane on the ServiceIdentity' },
    ]);
  });

  it('fails when nothing closes the pods', () => {
    expect(findings(refusalPassedBy, { calls: [refusal] })).toMatchObject([
      { got: 'its pods accept connections that do not come from the waypoint', fix: expect.stringContaining('ZeroTrustNamespace') },
    ]);
  });

  it('takes a refusal alone where everything is closed', () => {
    const closed = service('cart', { namespace: namespaceState('shop', 'ambient', { waypoint: waypointOf('shop'), zeroTrust: true }) });
    expect(findings(refusalPassedBy, { calls: [refused(ANYONE, closed)] })).toEqual([]);
  });
});
