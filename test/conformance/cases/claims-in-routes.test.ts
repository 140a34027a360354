import { IngressGateway, IstioGatewayPods, JwtIssuer, RequestMatch, ZeroTrustNamespace } from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { rawGateway } from '../raw-objects';
import { enter } from '../requests';

const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
const token = (claims: Readonly<Record<string, unknown>>) => ({
  token: { issuer: issuer.issuer, subject: 'ann', audiences: ['shop'], claims },
});
const ROLES = '[realm_access][roles]';
const HEADERS = { role: 'clerk', '@request.auth.claims[role]': 'clerk', '@request.auth.claims.role': 'clerk' };

describe('claims in routes', () => {
  forEachPlane(({ dataPlane }) => {
    it('are read by a gateway of the API of Istio, where it asks for tokens', async () => {
      const { chart, shop: place, product } = shop({ dataPlane });
      const edge = new ZeroTrustNamespace(chart, 'edge', { dataPlane });
      rawGateway(chart, { name: 'gateway', namespace: 'edge', ports: [443], secrets: ['cert'] });
      const istioPods = IstioGatewayPods.helmRelease('gateway');
      const gateway = new IngressGateway(edge, 'front', { tlsSecret: 'cert', istioPods });
      const usersAtGateway = [{ issuer, optional: true }];
      const [office, audit] = ['office', 'audit'].map((name) => service(place, name));
      const host = 'shop.example.com';
      gateway.expose(office, { host, match: [RequestMatch.claim('role', 'clerk')], usersAtGateway });
      gateway.expose(audit, { host, match: [RequestMatch.claim(ROLES, 'auditor')], usersAtGateway });
      gateway.expose(product, { host, usersAtGateway });
      const mesh = await judged(chart);
      const lines = [
        token({ role: 'clerk' }),
        token({ role: ['guest', 'clerk'] }),
        token({ realm_access: { roles: ['auditor'] } }),
        token({ role: 'Clerk' }),
        token({ roles: 'auditor' }),
        {},
        { headers: HEADERS },
        { ...token({ role: 'guest' }), headers: HEADERS },
      ];
      const answers = await mesh.answers(lines.map((line) => enter('https://shop.example.com/', line)));
      expect(answers.map(({ allowed }) => allowed)).toEqual(lines.map(() => true));
      expect(answers.map(({ ways }) => ways[0].workload)).toEqual(
        ['office', 'office', 'audit', ...Array<string>(5).fill('product')].map((name) => `shop/${name}-v1`),
      );
      const foreign = { token: { ...token({ role: 'clerk' }).token, issuer: 'https://elsewhere.example.com' } };
      expect(await mesh.answers([enter('https://shop.example.com/', foreign)])).toMatchObject([{ allowed: false }]);
    });
  });
});
