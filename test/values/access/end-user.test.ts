import { type CallOptions, DataPlane, type EndUser, HttpAccess, JwtIssuer, MeshPort } from 'istio-constructs';
import { edgeGateway, findingCodes, grant, manifests, principal, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop', 'desk'] });
const SIDECAR = { dataPlane: DataPlane.sidecar() };
const SOURCE = { principals: [principal('shop', 'cart')], requestPrincipals: ['https://id.example.com/*'] };
const AUDIENCE = { key: 'request.auth.audiences', values: ['desk', 'shop'] };

describe('a user', () => {
  forEachPlane((plane) => {
    const rulesOf = (claims?: EndUser['claims'], http?: HttpAccess[]): unknown => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer, claims }, http });
      return plane.of({ sidecar: () => grant(chart, 'product').rules, ambient: () => grant(chart, 'product-waypoint').rules })();
    };

    it('is asked for beside the caller, of the issuer and for one of its audiences', () => {
      expect(rulesOf()).toEqual([{ from: [{ source: SOURCE }], to: [{ operation: { ports: ['8080'] } }], when: [AUDIENCE] }]);
    });

    it('has all claims that are asked for, each with one of its values', () => {
      const claims = { role: ['clerk', 'boss'], '[realm_access][roles]': ['staff-*'] };
      expect(rulesOf(claims, [HttpAccess.post('/refunds')])).toEqual([
        {
          from: [{ source: SOURCE }],
          to: [{ operation: { methods: ['POST'], paths: ['/refunds'], ports: ['8080'] } }],
          when: [
            AUDIENCE,
            { key: 'request.auth.claims[realm_access][roles]', values: ['staff-*'] },
            { key: 'request.auth.claims[role]', values: ['boss', 'clerk'] },
          ],
        },
      ]);
    });

    it('opens the ports alone that speak HTTP', () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(8080), MeshPort.tcp(9000)] });
      product.calls(cart, { user: { issuer } });
      const name = plane.of({ sidecar: 'cart', ambient: 'cart-waypoint' });
      expect(grant(chart, name).rules).toMatchObject([{ to: [{ operation: { ports: ['8080'] } }] }]);
    });

    it('fails as a finding on a port that does not speak HTTP', () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.tcp(9000)] });
      product.calls(cart, { user: { issuer } });
      expect(findingCodes(chart)).toContain('MESH202');
    });

    it('is nothing that the pods of an ambient service are asked about, whose ztunnel reads no tokens', () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer } });
      const bySelector = manifests(chart).filter(({ kind, spec }) => kind === 'RequestAuthentication' && 'selector' in spec!);
      expect(bySelector).toHaveLength(plane.of({ sidecar: 1, ambient: 0 }));
    });

    it('is asked for behind a gateway, which is let in for nobody else', () => {
      const { chart, product } = shop(plane);
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com', pathPrefix: '/v1', user: { issuer } });
      const name = plane.of({ sidecar: 'product', ambient: 'product-waypoint' });
      const requestPrincipals = ['https://id.example.com/*'];
      const operation = { paths: ['/v1', '/v1/*'], ports: ['8080'] };
      expect(grant(chart, name).rules).toMatchObject([
        { from: [{ source: { requestPrincipals } }], to: [{ operation }], when: [AUDIENCE] },
      ]);
      expect(findingCodes(chart)).toEqual([]);
    });

    it('is asked of nobody where it is optional, and its tokens are read all the same', () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer, optional: true } });
      expect(grant(chart, 'product').rules).toEqual([
        { from: [{ source: { principals: [principal('shop', 'cart')] } }], to: [{ operation: { ports: ['8080'] } }] },
      ]);
      const [reading] = manifests(chart).filter(({ kind }) => kind === 'RequestAuthentication');
      expect(reading.spec).toMatchObject({ jwtRules: [{ issuer: 'https://id.example.com', audiences: ['desk', 'shop'] }] });
      expect(findingCodes(chart)).toEqual([]);
    });

    it('is asked for in vain beside one that is optional, of which a finding tells', () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer, claims: { role: ['clerk'] } } });
      product.access.allow(cart, { user: { issuer, optional: true } });
      expect(findingCodes(chart)).toEqual(['MESH238']);
    });

    it('brings no finding of its own', () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer, claims: { role: ['clerk'] } } });
      expect(findingCodes(chart)).toEqual([]);
    });
  });

  it('fails in a refusal, which a request without a token would pass by', () => {
    const { cart, product } = shop(SIDECAR);
    const asked: CallOptions = { user: { issuer } };
    const refusal = { code: 'MESH805', path: 'test/shop/product', fix: 'allow those users', got: 'user of https://id.example.com' };
    expectRefusal(() => product.access.deny(cart, asked), refusal);
    expectRefusal(() => product.access.denyAnyone(asked), refusal);
  });

  it('fails in a call to the addresses of pods in ambient mode', () => {
    const { cart, product } = shop({ dataPlane: DataPlane.ambient() });
    const refusal = { code: 'MESH082', path: 'test/shop/product', fix: 'instead of user', got: 'user together with toPods' };
    expectRefusal(() => product.access.allow(cart, { user: { issuer }, toPods: true }), refusal);
  });

  it.each<[string, EndUser['claims']]>([
    ['a claim without a name', { '': ['a'] }],
    ['[role', { '[role': ['a'] }],
    ['role: []', { role: [] }],
    ['role: an empty text', { role: [''] }],
    ['role: a*b', { role: ['a*b'] }],
    ['role: **', { role: ['**'] }],
  ])('fails with %s', (got, claims) => {
    const { cart, product } = shop(SIDECAR);
    expectRefusal(() => product.access.allow(cart, { user: { issuer, claims } }), { code: 'MESH806', path: 'EndUser', fix: 'role', got });
  });
});
