import type { CallModel } from '../../../lib/model/mesh-model';
import type { Party } from '../../../lib/model/party';
import { lostByName } from '../../../lib/rules/migration/lost-by-name';
import { call, findings, identity, namespace, namespaceState, other, raw, service } from '../model-builder';

const http = [{ methods: ['GET'], paths: ['/'] }];
const objects = raw(`
apiVersion: v1
kind: Service
metadata: { name: cart-pods, namespace: shop }
spec: { clusterIP: None, selector: { app: cart } }
`);

const moving = (name: string, wave: number, parts: Partial<Party> = {}): Party =>
  service(name, { wave, namespace: namespaceState('shop', 'sidecar', { migration: { wave: 0 } }), ...parts });
const [web, late] = [moving('web', 1), moving('late', 3)];
const cart = moving('cart', 2, { serviceNames: ['cart', 'cart-pods'], guardedNames: ['cart'], headless: 'some' });
const away = { namespace: namespaceState('apart', 'sidecar') };
const anyone = other('anyone', 'anyone');

const found = (...calls: CallModel[]) =>
  findings(lostByName, { objects, calls, namespaces: [namespace('shop', 'sidecar', { migration: { wave: 0 }, lastWave: 3 })] });

describe(lostByName.title, () => {
  it('is one without a waypoint before it, where a call needs a reader', () => {
    expect(found(call(web, cart, { http }))).toEqual([
      {
        on: expect.objectContaining({ caller: web }),
        message:
          'shop/web may be refused by shop/cart from Migration.wave(2) on where it asks for cart-pods: no waypoint stands before it, and ztunnel reads no HTTP',
        got: 'a grant by methods, paths or tokens',
        fix: 'have it ask for cart; or allow the whole port to web',
      },
    ]);
    expect(found(call(anyone, cart, { http }), call(other('gateway', 'edge'), cart, { http }))).toHaveLength(2);
  });

  it('is one beside a refusal by paths or an authorizer', () => {
    for (const beside of [
      { http, action: 'DENY' as const },
      { action: 'CUSTOM' as const, provider: 'opa' },
    ]) {
      expect(found(call(web, cart), call(anyone, cart, beside))).toMatchObject([
        { got: expect.stringMatching(/ beside the grant$/), fix: 'have it ask for cart and remove cart-pods; or leave that out' },
      ]);
    }
  });

  it('is one without an address, for whoever has a sidecar then', () => {
    expect(found(call(late, cart))).toMatchObject([
      {
        message: expect.stringContaining('while Migration.wave(2) to Migration.wave(3) rolls out where it asks for cart-pods: a sidecar'),
        fix: 'have it ask for cart until both have moved',
      },
    ]);
    expect(found(call(service('desk', away), cart))).toMatchObject([
      { message: expect.stringContaining('from Migration.wave(2) on'), fix: 'have it ask for cart or move apart as well' },
    ]);
  });

  it('is one without an address, for those of whom nobody says whether they have sidecars', () => {
    expect(found(call(identity('apart', 'desk'), cart), call({ ...anyone, namespaceName: '' }, cart))).toMatchObject([
      {
        message: expect.stringContaining('while Migration.wave(2) to Migration.wave(3)'),
        fix: 'have it ask for cart until all have moved',
      },
      { fix: 'have it ask for cart or say in dataPlane, where apart/desk is named, that it is in ambient mode' },
    ]);
    expect(found(call({ ...identity('apart', 'desk'), namespace: namespaceState('apart', 'ambient') }, cart))).toEqual([]);
  });

  it('is none of whole ports whose caller moves first, nor of second looks at paths', () => {
    expect(found(call(web, cart), call(web, cart, { http, httpIsOptional: true }))).toEqual([]);
  });

  it('is none where every name has a waypoint, or nothing moves', () => {
    const guarded = { ...cart, guardedNames: ['cart', 'cart-pods'], headless: undefined };
    expect(found(call(web, guarded, { http }), call(web, { ...cart, wave: undefined }, { http }))).toEqual([]);
  });

  it('is none where the call is lost by every name, or by none', () => {
    const straight = { toPods: true, http };
    expect(found(call(service('desk', away), cart, { http }), call(web, cart, straight), call(late, { ...cart, headless: 'all' }))).toEqual(
      [],
    );
    expect(found(call(cart, cart), call(web, cart, { http, action: 'DENY' }))).toEqual([]);
  });
});
