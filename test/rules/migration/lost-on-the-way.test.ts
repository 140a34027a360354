import type { CallModel } from '../../../lib/model/mesh-model';
import type { Party } from '../../../lib/model/party';
import { lostOnTheWay } from '../../../lib/rules/migration/lost-on-the-way';
import { call, findings, identity, namespace, namespaceState, other, service } from '../model-builder';

const http = [{ methods: ['GET'], paths: ['/'] }];

const moving = (name: string, wave: number, stage = 0, own = name): Party =>
  service(name, { wave, namespace: namespaceState(own, wave <= stage ? 'ambient' : 'sidecar', { migration: { wave: stage } }) });
const web = moving('web', 1);
const cart = moving('cart', 2);
const anyone = other('anyone', 'anyone');

const found = (...calls: CallModel[]) =>
  findings(lostOnTheWay, { calls, namespaces: [namespace('shop', 'sidecar', { migration: { wave: 0 }, lastWave: 2 })] }).map(
    ({ message }) => message,
  );

describe(lostOnTheWay.title, () => {
  it('is none by methods or paths of a caller that moves first, nor any other', () => {
    expect(found(call(web, cart, { http }), call(cart, web), call(cart, web, { http, httpIsOptional: true }))).toEqual([]);
    expect(found(call(web, service('still'), { http }), call(cart, web, { http, action: 'DENY' }))).toEqual([]);
  });

  it('is one by methods or paths of a caller that moves with its callee or after it', () => {
    expect(found(call(cart, web, { http }), call(web, web, { http }))).toEqual([
      expect.stringMatching(/^cart\/cart may be refused by web\/web while Migration\.wave\(1\) to Migration\.wave\(2\) rolls out: /),
      expect.stringMatching(/^web\/web may be refused by web\/web while Migration\.wave\(1\) rolls out: /),
    ]);
  });

  it('is one of the whole port, beside a refusal of some requests', () => {
    expect(found(call(cart, web), call(anyone, web, { http, action: 'DENY' }))).toHaveLength(1);
    expect(found(call(cart, web), call(other('gateway', 'edge'), web, { http, action: 'DENY' }))).toEqual([]);
  });

  it('is one of the whole port, beside an authorizer that is asked about some requests', () => {
    const ask = call(anyone, web, { http, action: 'CUSTOM', provider: 'opa' });
    expect(found(call(cart, web), ask)).toHaveLength(1);
    expect(found(call(web, cart), { ...ask, callee: cart })).toEqual([]);
  });

  it('is one to a Service without an address, unless its caller moves first or may use another', () => {
    const headless = (party: Party, which: Party['headless']): Party => ({ ...party, headless: which });
    expect(found(call(cart, headless(web, 'all')))).toEqual([expect.stringContaining('whose Service has no address')]);
    expect(found(call(web, headless(cart, 'all')), call(cart, headless(web, 'some')))).toEqual([]);
    expect(found(call(headless(cart, 'some'), headless(cart, 'some')))).toHaveLength(1);
  });

  it('is none of a gateway whose namespace moves', () => {
    const gateway = other('gateway', 'edge', { namespace: namespaceState('edge', 'sidecar', { migration: { wave: 0 } }) });
    expect(found(call(gateway, cart, { http }))).toEqual([]);
  });

  it('is one for good where the caller keeps its sidecar, and not where a gateway calls', () => {
    expect(found(call(service('old'), cart, { http }))).toEqual([expect.stringContaining('from Migration.wave(2) on: its sidecar stays')]);
    expect(found(call(other('gateway', 'edge'), cart, { http }))).toEqual([]);
  });

  it('is one of many callers whose sidecars stay, and none where they are said to be in ambient mode', () => {
    const billing = (mode: 'sidecar' | 'ambient', migration?: { wave: number }) =>
      other('callers', 'billing', {
        name: 'all of namespace billing',
        namespace: namespaceState('billing', mode, { owned: false, migration }),
      });
    expect(found(call(billing('sidecar'), cart, { http }))).toEqual([
      expect.stringContaining('from Migration.wave(2) on: their sidecars stay'),
    ]);
    expect(found(call(billing('ambient'), cart, { http }))).toEqual([]);
    expect(found(call(billing('sidecar', { wave: 0 }), cart, { http }))).toEqual([
      expect.stringContaining('while Migration.wave(2) rolls out: whoever still has a sidecar'),
    ]);
  });

  it('is one where nobody says how the pods of a caller are in the mesh', () => {
    const unsaid = expect.stringContaining('from Migration.wave(2) on: nobody says how these pods are in the mesh');
    const many = other('callers', 'billing', { namespace: namespaceState('billing', 'unknown') });
    expect(found(call(identity('billing', 'reports'), cart, { http }), call(many, cart, { http }))).toEqual([unsaid, unsaid]);
    expect(found(call(identity('billing', 'reports'), cart))).toEqual([]);
  });

  it('is one of anybody, for whoever has a sidecar still', () => {
    expect(found(call(anyone, cart, { http }))).toEqual([expect.stringContaining('whoever still has a sidecar')]);
  });

  it('is one of a whole trust domain, of which nobody says where it is', () => {
    const domain = other('callers', 'all of trust domain partner', { namespaceName: '', namespace: namespaceState('', 'unknown') });
    expect(found(call(domain, cart, { http }))).toEqual([expect.stringContaining('whoever still has a sidecar')]);
  });

  it('is one where the namespace of the caller is behind', () => {
    const ahead = moving('cart', 2, 2, 'back');
    expect(found(call(web, ahead, { http }))).toHaveLength(1);
    expect(found(call(moving('web', 1, 2), ahead, { http }))).toEqual([]);
  });
});
