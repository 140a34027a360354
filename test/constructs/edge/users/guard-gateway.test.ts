import {
  type EndUser,
  GatewayCertificate,
  GatewayListener,
  IngressGateway,
  IstioGatewayPods,
  JwtIssuer,
  MeshNamespace,
  RequestMatch,
} from 'istio-constructs';
import { edgeGateway, findingCodes, names, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';

const host = 'shop.example.com';
const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
const partners = JwtIssuer.of({ issuer: 'https://partners.example.com', anyAudience: 'they name none' });
const certificate = GatewayCertificate.secret('cert');
const hosts = [host, `${host}:*`];
const operation = (more: object = {}) => [{ operation: { hosts, ports: ['443'], ...more } }];
const GATEWAY = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }];

interface Policy {
  readonly action: string;
  readonly rules: ReadonlyArray<{ readonly from?: unknown; readonly to: ReadonlyArray<{ readonly operation: Record<string, unknown> }> }>;
}

describe('users at a gateway', () => {
  forEachPlane((plane) => {
    function exposed(users: EndUser[] | undefined, more: object = {}) {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host, usersAtGateway: users, ...more });
      return { ...one, gateway };
    }

    const refusal = ({ chart }: { readonly chart: ReturnType<typeof shop>['chart'] }): Policy =>
      spec(chart, 'AuthorizationPolicy', 'gateway-users', 'edge') as unknown as Policy;

    it('are asked for a token of the issuer, for its audience and with each claim', () => {
      const one = exposed([{ issuer, claims: { role: ['clerk'] } }]);
      expect(refusal(one)).toEqual({
        targetRefs: GATEWAY,
        action: 'DENY',
        rules: [
          { from: [{ source: { notRequestPrincipals: ['https://id.example.com/*'] } }], to: operation() },
          { to: operation(), when: [{ key: 'request.auth.audiences', notValues: ['shop'] }] },
          { to: operation(), when: [{ key: 'request.auth.claims[role]', notValues: ['clerk'] }] },
        ],
      });
      expect(spec(one.chart, 'RequestAuthentication', 'gateway', 'edge')).toEqual({
        targetRefs: GATEWAY,
        jwtRules: [{ issuer: 'https://id.example.com', audiences: ['shop'] }],
      });
      expect(findingCodes(one.chart)).toEqual([]);
    });

    it('of several issuers are refused with neither', () => {
      const { rules } = refusal(exposed([{ issuer }, { issuer: partners }]));
      expect(rules.map(({ from }) => from)).toEqual([
        [{ source: { notRequestPrincipals: ['https://id.example.com/*', 'https://partners.example.com/*'] } }],
        [{ source: { notRequestPrincipals: ['https://partners.example.com/*'] } }],
      ]);
    });

    it('who may leave their token out are refused with a wrong one alone', () => {
      const { chart } = exposed([{ issuer, optional: true }]);
      expect(names(chart, 'AuthorizationPolicy')).not.toContain('edge/gateway-users');
      expect(names(chart, 'RequestAuthentication')).toEqual(['edge/gateway']);
    });

    it('leave paths that lead elsewhere as they are, and are asked for however a path is written', () => {
      const one = exposed([{ issuer }]);
      one.gateway.expose(one.product, { host, pathPrefix: '/public' });
      one.gateway.expose(one.product, { host: 'other.example.com', routeName: 'other' });
      const [{ to }] = refusal(one).rules;
      expect(to).toEqual(operation({ notPaths: ['/public', '/public/*'] }));
      const below = refusal(exposed([{ issuer }], { pathPrefix: '/admin', match: [RequestMatch.httpMethod('POST')] }));
      const [{ operation: asked }] = below.rules[0].to;
      expect(asked).toMatchObject({ methods: ['POST'] });
      expect(asked.paths).toEqual(expect.arrayContaining(['/admin', '/admin/*', '/admin;*', '//*']));
    });

    it('bring their token to whoever needs it behind the gateway, and to nobody else', () => {
      const forwards = (more: object, expose: (one: ReturnType<typeof exposed>) => void = () => {}): unknown => {
        const one = exposed([{ issuer }], more);
        expose(one);
        const { jwtRules } = spec(one.chart, 'RequestAuthentication', 'gateway', 'edge') as {
          readonly jwtRules: Array<Record<string, unknown>>;
        };
        return jwtRules.map(({ issuer: name, forwardOriginalToken }) => [name, forwardOriginalToken]);
      };
      expect(forwards({})).toEqual([['https://id.example.com', undefined]]);
      expect(forwards({ user: { issuer } })).toEqual([['https://id.example.com', true]]);
      expect(forwards({}, ({ gateway, product }) => gateway.expose(product, { host: 'other.example.com' }))).toEqual([
        ['https://id.example.com', true],
      ]);
      expect(
        forwards({}, ({ gateway, product }) => gateway.expose(product, { host, pathPrefix: '/b', user: { issuer: partners } })),
      ).toEqual([
        ['https://id.example.com', true],
        ['https://partners.example.com', true],
      ]);
    });

    it('are told from connections of another listener at the same port', () => {
      const names = (...more: GatewayListener[]): unknown => {
        const one = shop(plane);
        const edge = new MeshNamespace(one.chart, 'edge', { dataPlane: plane.dataPlane });
        const listeners = [GatewayListener.https({ hosts: [host], certificate }), ...more];
        new IngressGateway(edge, 'gateway', { listeners }).expose(one.cart, { host, usersAtGateway: [{ issuer: partners }] });
        return (refusal(one).rules[0] as { readonly when?: unknown }).when;
      };
      expect(names(GatewayListener.tlsPassthrough({ hosts: ['db.example.com'] }))).toEqual([
        { key: 'connection.sni', notValues: ['db.example.com'] },
      ]);
      expect(names(GatewayListener.tls({ certificate }))).toEqual([{ key: 'connection.sni', values: [host] }]);
    });

    it('are asked for at pods of a Gateway of Istio by their labels, and at the ports of these pods', () => {
      const one = shop(plane);
      const edge = new MeshNamespace(one.chart, 'edge', { dataPlane: plane.dataPlane });
      const istioPods = IstioGatewayPods.of({
        podLabels: { istio: 'ingress' },
        serviceAccountName: 'ingress',
        targetPorts: { '443': 8443 },
      });
      const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', istioPods });
      gateway.expose(one.cart, { host, usersAtGateway: [{ issuer: partners }] });
      const { selector, rules } = refusal(one) as Policy & { readonly selector: unknown };
      expect(selector).toEqual({ matchLabels: { istio: 'ingress' } });
      expect(rules[0].to[0].operation.ports).toEqual(['8443']);
    });
  });
});
