import type { Enforcement } from '../../../lib/model/hop';
import { policyParts, renderAuthorizationPolicy } from '../../../lib/render/policies/authorization-policy';
import { principal, rule } from '../../builders';

const CART = principal('shop', 'cart');
const WAYPOINT = { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] };

/** A call of cart that a proxy has to check, which reads HTTP unless said otherwise. */
function enforcement(parts: Partial<Enforcement> = {}): Enforcement {
  const attachment = { selector: { app: 'product' } };
  return { attachment, namespaceName: 'shop', principal: CART, ports: [8080], readsHttp: true, ...parts };
}

const allowed = (...parts: Partial<Enforcement>[]) => renderAuthorizationPolicy('ALLOW', parts.map(enforcement)).rules;
const denied = (...parts: Partial<Enforcement>[]) => renderAuthorizationPolicy('DENY', parts.map(enforcement)).rules;

describe('an AuthorizationPolicy', () => {
  it('is one for each who is asked beside others, and one for all the rest', () => {
    const [login, opa] = ['login', 'opa'].map((provider) => enforcement({ provider, asksBeside: true }));
    const alone = enforcement({ provider: 'ldap' });
    expect([...policyParts([opa, alone, login, opa])]).toEqual([
      ['', [alone]],
      ['-login', [login]],
      ['-opa', [opa, opa]],
    ]);
  });

  it('is attached to pods by their labels, and to a waypoint by what it is for, never by both', () => {
    expect(renderAuthorizationPolicy('ALLOW', [enforcement()])).toEqual({
      selector: { matchLabels: { app: 'product' } },
      action: 'ALLOW',
      rules: [rule(CART, { ports: ['8080'] })],
    });
    expect(renderAuthorizationPolicy('DENY', [enforcement({ attachment: WAYPOINT })])).toEqual({
      ...WAYPOINT,
      action: 'DENY',
      rules: [rule(CART, { ports: ['8080'] })],
    });
  });

  it('lets in anyone who has an identity, and refuses those without one as well', () => {
    const anyone = { principal: undefined };
    expect(allowed(anyone)).toEqual([rule('*', { ports: ['8080'] })]);
    expect(denied(anyone)).toEqual([{ to: [{ operation: { ports: ['8080'] } }] }]);
  });

  it('names an identity under every trust domain, in and out', () => {
    const [aliases, besidesAliases] = [['old.example/ns/shop/sa/cart'], ['old.example/ns/shop/sa/waypoint']];
    expect(allowed({ aliases, ports: undefined })).toEqual([{ from: [{ source: { principals: [CART, ...aliases] } }] }]);
    const besides = principal('shop', 'waypoint');
    expect(denied({ principal: undefined, besides: [besides], besidesAliases, ports: undefined })).toEqual([
      { from: [{ source: { notPrincipals: [besides, ...besidesAliases] } }] },
    ]);
  });

  it('names each port once, and none where all are meant', () => {
    expect(allowed({ ports: [9000, 8080, 9000] })).toEqual([rule(CART, { ports: ['8080', '9000'] })]);
    expect(allowed({ ports: undefined })).toEqual([rule(CART)]);
  });

  it('limits requests by methods and paths, each kind on the same ports', () => {
    const http = [
      { methods: ['GET'], paths: ['/a', '/b/*'] },
      { methods: [], paths: ['/c'] },
      { methods: ['PUT'], paths: [] },
    ];
    const [{ to }] = allowed({ http })!;
    expect(to).toHaveLength(3);
    expect(to).toEqual(
      expect.arrayContaining([
        { operation: { methods: ['GET'], paths: ['/a', '/b/*'], ports: ['8080'] } },
        { operation: { paths: ['/c'], ports: ['8080'] } },
        { operation: { methods: ['PUT'], ports: ['8080'] } },
      ]),
    );
  });

  // A proxy that reads no HTTP would take the rest of such a rule for the whole of it, or refuse everything.
  it('asks nothing of HTTP where nobody reads it: the call stays refused', () => {
    const http = [{ methods: ['GET'], paths: [] }];
    expect(allowed({ readsHttp: false, http })).toEqual([]);
    expect(allowed({ readsHttp: false })).toEqual([rule(CART, { ports: ['8080'] })]);
  });

  it('opens nothing for a call without ports, for a rule without ports would open them all', () => {
    expect(allowed({ ports: [] })).toEqual([]);
  });

  it('says each rule once, in one order', () => {
    const [cart, web] = [{}, { principal: principal('front', 'web') }];
    expect(allowed(cart, web, cart)).toEqual(allowed(web, cart));
    expect(allowed(web, cart)).toHaveLength(2);
  });

  it('leaves out paths that a route has taken', () => {
    const http = [{ methods: [], paths: ['/c*'], notPaths: ['/cart', '/cart/*'] }];
    expect(JSON.stringify(allowed({ http }))).toContain('"paths":["/c*"],"notPaths":["/cart","/cart/*"]');
  });
});
