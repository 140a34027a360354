import { Duration } from 'cdk8s';
import { DataPlane, SessionAffinity, type SessionCookieOptions } from 'istio-constructs';
import { canary, shop, spec } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';

/** The last route of a cart that is released at 10 percent: all requests without the cookie. */
function lastRoute(kind: 'VirtualService' | 'HTTPRoute', options?: SessionCookieOptions): Record<string, any[]> {
  const { chart, cart } = shop({ dataPlane: kind === 'VirtualService' ? DataPlane.sidecar() : DataPlane.ambient() });
  canary(cart, { affinity: SessionAffinity.cookie(options) });
  const { http, rules } = spec(chart, kind, 'cart') as Record<string, any[]>;
  return (http ?? rules).at(-1);
}

describe('SessionAffinity', () => {
  it('has answers of each version set the cookie, for a day', () => {
    const { route } = lastRoute('VirtualService');
    const cookie = (version: string) => ({ response: { add: { 'set-cookie': `release=${version}; Path=/; Max-Age=86400; HttpOnly` } } });
    expect(route.map(({ headers }) => headers)).toEqual([cookie('v1'), cookie('v2')]);
    const { backendRefs } = lastRoute('HTTPRoute', { name: 'look', maxAge: Duration.hours(1) });
    expect(backendRefs.map(({ filters }) => filters)).toEqual(
      ['v1', 'v2'].map((version) => [
        {
          type: 'ResponseHeaderModifier',
          responseHeaderModifier: { add: [{ name: 'set-cookie', value: `look=${version}; Path=/; Max-Age=3600; HttpOnly` }] },
        },
      ]),
    );
  });

  it('fails for a name that is none, and for an age that no browser keeps', () => {
    const refusal = { path: 'SessionAffinity' };
    expectRefusal(() => SessionAffinity.cookie({ name: 'a b' }), { ...refusal, code: 'MESH761', fix: 'the name alone', got: 'a b' });
    expectRefusal(() => SessionAffinity.cookie({ name: '' }), { ...refusal, code: 'MESH761', fix: 'the name alone', got: '' });
    expectRefusal(() => SessionAffinity.cookie({ maxAge: Duration.millis(500) }), { ...refusal, code: 'MESH762', fix: 'these bounds' });
    expectRefusal(() => SessionAffinity.cookie({ maxAge: Duration.days(401) }), { ...refusal, code: 'MESH762', fix: 'these bounds' });
  });
});
