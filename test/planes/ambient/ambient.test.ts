import { ANYONE } from '../../../lib/graph/anyone';
import { AMBIENT } from '../../../lib/planes/ambient/ambient';
import { call, GET_ITEMS, namespaceState, HTTP, identity, other, service, TCP, waypointOf } from '../../rules/model-builder';

const ports = [{ ...HTTP, number: 80, targetPort: 8080 }];
const open = service('cart', { ports, namespace: namespaceState('shop', 'ambient') });
const behind = service('cart', { ports, namespace: namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') }) });
const web = service('web', { namespace: namespaceState('front', 'ambient') });
const sidecar = service('old', { namespace: namespaceState('legacy', 'sidecar') });
const unknown = identity('legacy', 'web');

const selector = { app: 'cart' };
const http = [GET_ITEMS];

/** Who checks what, of whom, on the way. */
const checks = (...parts: Parameters<typeof call>) =>
  AMBIENT.hops(call(...parts)).map(({ enforcement }) => {
    const { attachment, principal, ports: seen, readsHttp } = enforcement!;
    return ['selector' in attachment ? 'pods' : 'waypoint', principal?.split('/ns/')[1], seen, readsHttp];
  });

describe('a call in ambient mode without a waypoint', () => {
  it('is one tunnel to the pods, which ztunnel checks by the caller’s identity and the port of the pods', () => {
    expect(AMBIENT.hops(call(web, open))).toMatchObject([
      {
        from: { namespaceName: 'front', podLabels: { app: 'web' } },
        to: { namespaceName: 'shop', podLabels: selector },
        networkPorts: [15008],
        enforcement: { attachment: { selector }, ports: [8080], readsHttp: false },
      },
    ]);
    expect(checks(sidecar, open)).toEqual([['pods', 'legacy/sa/old', [8080], false]]);
  });

  it('asks for requests that nobody reads, so that a rule can tell; what a gateway has checked is asked of nobody', () => {
    expect(AMBIENT.hops(call(web, open, { http }))[0].enforcement).toMatchObject({ readsHttp: false, http });
    expect(AMBIENT.hops(call(web, open, { http, httpIsOptional: true }))[0].enforcement!.http).toBeUndefined();
  });
});

describe('a call in ambient mode through a waypoint', () => {
  it('is a tunnel to it and one from it, and at the pods only the waypoint shows', () => {
    const pods = { namespaceName: 'shop', podLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } };
    expect(AMBIENT.hops(call(web, behind))).toMatchObject([
      { from: { podLabels: { app: 'web' } }, to: pods, networkPorts: [15008] },
      { from: pods, to: { podLabels: selector }, networkPorts: [15008], enforcement: { attachment: { selector } } },
    ]);
    // A waypoint counts the ports of the Service, ztunnel those of the pods: it lets the waypoint in on all of them.
    expect(checks(web, behind)).toEqual([
      ['waypoint', 'front/sa/web', [80], true],
      ['pods', 'shop/sa/waypoint', undefined, false],
    ]);
  });

  it('is checked there for every Service over the pods, and by request where its ports speak HTTP', () => {
    const split = { ...behind, guardedNames: ['cart', 'cart-v1'] };
    const [{ enforcement }] = AMBIENT.hops(call(web, split, { http }));
    const targetRefs = ['cart', 'cart-v1'].map((name) => ({ group: '', kind: 'Service', name }));
    expect(enforcement).toMatchObject({ attachment: { targetRefs }, readsHttp: true, http });
    expect(checks(web, behind, { ports: [HTTP, TCP] })[0]).toEqual(['waypoint', 'front/sa/web', [8080, 5432], false]);
  });

  it('passes it by from a sidecar, which ztunnel lets in by name', () => {
    expect(checks(sidecar, behind)).toEqual([['pods', 'legacy/sa/old', [8080], false]]);
  });

  it('is let in both ways where the caller may go either, but for requests that the waypoint alone can check', () => {
    expect(checks(unknown, behind).map(([role]) => role)).toEqual(['waypoint', 'pods', 'pods']);
    expect(checks(ANYONE, behind).map(([role]) => role)).toEqual(['waypoint', 'pods', 'pods']);
    expect(checks(unknown, behind, { http }).map(([role]) => role)).toEqual(['waypoint', 'pods']);
  });

  it('comes from a gateway like from any other caller in ambient', () => {
    expect(checks(other('gateway', 'edge'), behind).map(([role]) => role)).toEqual(['waypoint', 'pods']);
  });
});

describe('a refusal in ambient mode', () => {
  const refused = (...[caller, callee, parts]: Parameters<typeof call>) => checks(caller, callee, { action: 'DENY', ...parts });

  it('is ztunnel’s where there is no waypoint', () => {
    expect(refused(web, open)).toEqual([['pods', 'front/sa/web', [8080], false]]);
  });

  // Behind a waypoint pods see its identity alone: who dials them past it is another way, and closed as well.
  it('is the waypoint’s, and at the pods that of who dials them', () => {
    expect(refused(web, behind)).toEqual([
      ['waypoint', 'front/sa/web', [80], true],
      ['pods', 'front/sa/web', [8080], false],
    ]);
    expect(refused(sidecar, behind).map(([role]) => role)).toEqual(['pods']);
  });

  it('is never the waypoint’s own, and by request only where somebody reads them', () => {
    expect(refused(web, behind, { http }).map(([role]) => role)).toEqual(['waypoint']);
    expect(JSON.stringify(refused(ANYONE, behind))).not.toContain('sa/waypoint');
  });

  it('leaves out the waypoint at the pods where it is one of many who are refused, or some are exempt', () => {
    const all = other('callers', 'shop', { principal: 'cluster.local/ns/shop/sa/*', namespace: open.namespace });
    const excepted = [{ name: 'web', principal: web.principal! }];
    const besides = (caller: Parameters<typeof call>[0], parts = {}) =>
      AMBIENT.hops(call(caller, behind, { action: 'DENY', ...parts })).map(({ enforcement }) => [
        enforcement!.besides,
        enforcement!.excepted,
      ]);
    const { principal } = waypointOf('shop');
    expect(besides(all)).toEqual([
      [undefined, undefined],
      [[principal], undefined],
    ]);
    expect(besides(all, { excepted })).toEqual([
      [undefined, [web.principal]],
      [[principal], [web.principal]],
    ]);
    expect(besides(web)).toEqual(Array(2).fill([undefined, undefined]));
  });
});

describe('a namespace in ambient mode', () => {
  it('says so with one label, whatever the revision', () => {
    expect([AMBIENT.namespaceLabels(undefined), AMBIENT.namespaceLabels('canary')]).toEqual(
      Array(2).fill({ 'istio.io/dataplane-mode': 'ambient' }),
    );
  });
});

describe('a call in ambient mode to a service that some callers connect to past its waypoint', () => {
  const dialled = { ...behind, isDialled: true };
  const roles = (...parts: Parameters<typeof call>) => checks(...parts).map(([role]) => role);

  it('is let in both ways, as long as no requests are meant', () => {
    expect(roles(web, dialled)).toEqual(['waypoint', 'pods', 'pods']);
    expect(roles(web, dialled, { http })).toEqual(['waypoint', 'pods']);
    expect(roles(web, dialled, { http, httpIsOptional: true })).toEqual(['waypoint', 'pods', 'pods']);
  });

  it('is let in at the pods alone where its caller says that it connects to them', () => {
    expect([web, sidecar, unknown, ANYONE].map((caller) => roles(caller, behind, { toPods: true }))).toEqual(Array(4).fill(['pods']));
    expect(roles(web, open, { toPods: true })).toEqual(['pods']);
  });
});

describe('a call in ambient mode where two waypoints stand in one place', () => {
  const canary = { ...waypointOf('shop'), name: 'next', principal: 'cluster.local/ns/shop/sa/next' };
  const two = service('cart', { ports, namespace: namespaceState('shop', 'ambient', { waypoint: { ...waypointOf('shop'), canary } }) });
  const pods = { namespaceName: 'shop', podLabels: { 'gateway.networking.k8s.io/gateway-name': 'next' } };

  it('may go through either: what both check is attached once, and the pods let in both', () => {
    const hops = AMBIENT.hops(call(web, two, { http }));
    expect(hops.filter(({ to }) => to.podLabels === undefined || JSON.stringify(to).includes('next'))).toMatchObject([
      { from: { podLabels: { app: 'web' } }, to: pods, networkPorts: [15008] },
    ]);
    expect(hops.filter(({ enforcement }) => enforcement && 'targetRefs' in enforcement.attachment)).toHaveLength(1);
    const atPods = hops.filter(({ enforcement }) => enforcement && 'selector' in enforcement.attachment);
    expect(atPods.map(({ enforcement }) => enforcement!.principal?.split('/sa/')[1])).toEqual(['waypoint', 'next']);
  });

  it('leaves out both of a refusal of many at the pods', () => {
    const all = other('callers', 'shop', { principal: 'cluster.local/ns/shop/sa/*', namespace: open.namespace });
    const besides = AMBIENT.hops(call(all, two, { action: 'DENY' })).flatMap(({ enforcement }) => enforcement?.besides ?? []);
    expect(besides).toEqual([waypointOf('shop').principal, canary.principal]);
  });
});
