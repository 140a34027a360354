import type { Party } from '../../../lib/model/party';
import { hopsOf } from '../../../lib/planes/plane-of';
import { joined, refusedInBoth, statesOf, unaskedAtPods } from '../../../lib/planes/migrating/both-ways';
import { call, namespaceState, other, service, waypointOf } from '../../rules/model-builder';

const waypoint = waypointOf('shop');
const moving = namespaceState('shop', 'sidecar', { waypoint, migration: { wave: 0 } });
const [web, cart] = ['web', 'cart'].map((name) => service(name, { namespace: moving, waypoint, guardedNames: [name] }));
const http = [{ methods: ['GET'], paths: ['/cart/*'] }];

describe('a call between workloads that move', () => {
  it('is that of both planes at either end', () => {
    expect(statesOf(call(web, cart)).map(({ caller, callee }) => [caller.namespace.mode, callee.namespace.mode])).toEqual([
      ['sidecar', 'sidecar'],
      ['sidecar', 'ambient'],
      ['ambient', 'sidecar'],
      ['ambient', 'ambient'],
    ]);
    expect(statesOf(call(other('gateway', 'edge'), service('still')))).toHaveLength(1);
  });

  it('is let in at the waypoint and at the pods, where requests are read', () => {
    const enforced = hopsOf(call(web, cart, { http })).map(({ enforcement }) => [
      Object.keys(enforcement!.attachment)[0],
      enforcement!.principal,
      enforcement!.readsHttp,
    ]);
    expect(enforced).toEqual(
      expect.arrayContaining([
        ['selector', web.principal, true],
        ['targetRefs', web.principal, true],
        ['selector', waypoint.principal, false],
      ]),
    );
  });

  it('opens the ports of both planes once', () => {
    const direct = hopsOf(call(web, cart)).filter(({ from, to }) => from.key === web.key && to.key === cart.key);
    expect(direct.map(({ networkPorts }) => networkPorts)).toContainEqual([8080, 15008]);
    expect(joined([...direct, ...direct])).toEqual(direct);
  });
});

describe('a refusal by path of everybody', () => {
  const anyone = { ...other('anyone', 'anyone'), principal: undefined, namespace: namespaceState('', 'unknown') };
  const refusal = (from: Party = anyone) => {
    const said = call(from, cart, { action: 'DENY', http });
    return hopsOf(said).map(({ enforcement }) => enforcement!);
  };

  it('is not for the waypoint at the pods, where ztunnel would make one of the whole port of it', () => {
    const atPods = refusal().filter(({ attachment }) => 'selector' in attachment);
    expect(atPods.map(({ besides }) => besides)).toEqual([[waypoint.principal]]);
    expect(refusal().flatMap(({ attachment, besides }) => ('targetRefs' in attachment ? [besides] : []))).toEqual([undefined]);
  });

  it('needs no exception where it is of one caller', () => {
    expect(refusal(web).flatMap(({ besides }) => besides ?? [])).toEqual([]);
    const [hop] = hopsOf(call(web, cart, { http }));
    expect(refusedInBoth(hop, call(web, cart, { http }))).toEqual(hop);
  });
});

describe('a refusal of many that the waypoint is one of', () => {
  const all = { ...other('callers', 'shop'), principal: 'cluster.local/ns/shop/sa/*', namespace: moving };
  const besides = (...[from, to, parts]: Parameters<typeof call>) =>
    hopsOf(call(from, to, { action: 'DENY', ...parts })).map(({ enforcement }) => [
      'selector' in enforcement!.attachment ? 'pods' : 'waypoint',
      enforcement!.besides,
    ]);
  const expected = expect.arrayContaining([
    ['pods', [waypoint.principal]],
    ['waypoint', undefined],
  ]) as unknown;

  it('is not for it at pods of either plane, with an exception of somebody else or not', () => {
    const excepted = [{ name: 'web', principal: web.principal! }];
    for (const parts of [{}, { http }, { excepted }, { http, excepted }]) {
      const found = besides(all, cart, parts);
      expect(found).toEqual(expected);
      expect(found).not.toContainEqual(['pods', undefined]);
    }
  });

  it('stays one of all where nobody else is meant', () => {
    expect(besides(web, cart).map(([, one]) => one)).not.toContain(waypoint.principal);
  });
});

describe('an authorizer that is asked about a call', () => {
  const anyone = { ...other('anyone', 'anyone'), principal: undefined, namespace: namespaceState('', 'unknown') };
  const ask = call(anyone, cart, { action: 'CUSTOM', provider: 'opa', http });
  const arrived = { ...cart, namespace: { ...moving, mode: 'ambient' as const } };

  it('is asked by the waypoint or a sidecar; pods in ambient mode refuse who comes past the waypoint', () => {
    const unasked = hopsOf(ask).flatMap(({ enforcement }) => (enforcement?.unasked ? [enforcement] : []));
    expect(unasked).toMatchObject([
      {
        attachment: { selector: { ...cart.podLabels, 'istio.io/dataplane-mode': 'ambient' } },
        besides: [waypoint.principal],
        readsHttp: false,
      },
    ]);
    expect(hopsOf(ask).filter(({ enforcement }) => enforcement?.provider === 'opa')).toHaveLength(2);
  });

  it('leaves pods alone that have sidecars, and calls that nobody is asked about', () => {
    expect(unaskedAtPods({ ...ask, callee: arrived })).toHaveLength(1);
    expect(unaskedAtPods(ask)).toEqual([]);
    expect(unaskedAtPods({ ...ask, callee: arrived, action: 'DENY' })).toEqual([]);
  });
});
