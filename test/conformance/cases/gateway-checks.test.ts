import {
  ExternalAuthorizer,
  GatewayListener,
  HttpAccess,
  IngressGateway,
  IpBlocks,
  IstioGatewayPods,
  MeshPort,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import type { Caller } from '../../../lib/verdict/requests/request';
import { service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Authorizer } from '../engine';
import { judgedUnder } from '../judged';
import { withNetwork } from '../mesh-under-test';
import { rawGateway } from '../raw-objects';
import { enter, from, STRANGERS } from '../requests';

const LOGIN: Authorizer = { name: 'login', service: 'login.auth.svc.cluster.local', port: 4180, http: true };
const GRPC_LOGIN: Authorizer = { ...LOGIN, http: false };
const SHOP = 'shop.example.com';
// Visitors of the engine come from 203.0.113.50.
const [VISITORS, PEERS] = [IpBlocks.ofClients('203.0.113.0/24'), IpBlocks.ofPeers('203.0.113.0/24')];
const ELSEWHERE = IpBlocks.ofClients('198.51.100.0/24');
const GATEWAY: Caller = { gateway: 'edge/gateway' };

/** Both kinds of gateways, in a closed namespace. */
const KINDS = {
  'of the Gateway API': {},
  'of Istio': { istioPods: IstioGatewayPods.helmRelease('gateway') },
} as const;

function guarded({ dataPlane }: PlaneUnderTest, kind: keyof typeof KINDS, trustedProxies = 0) {
  const one = shop({ dataPlane });
  const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane });
  if (kind === 'of Istio') rawGateway(one.chart, { name: 'gateway', namespace: 'edge', ports: [80, 443], secrets: ['cert'] });
  const listeners = [GatewayListener.redirectToHttps()];
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners, trustedProxies, ...KINDS[kind] });
  gateway.expose(one.cart, { host: SHOP });
  gateway.expose(one.product, { host: 'open.example.com' });
  const auth = new ZeroTrustNamespace(one.chart, 'auth', { dataPlane });
  const login = service(auth, 'login', { ports: [MeshPort.http(4180)] });
  return { ...one, gateway, login, authorizer: ExternalAuthorizer.of('login', { service: login, port: 4180 }) };
}

forEachPlane((plane) => {
  describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('a gateway %s that asks first', (kind) => {
    it.each([LOGIN, GRPC_LOGIN])('asks about the requests that are meant, however they are written', async (authorizer) => {
      const one = guarded(plane, kind);
      one.gateway.askFirst(one.authorizer, { hosts: [SHOP], http: [HttpAccess.anyMethod('/admin')] });
      const mesh = await judgedUnder({ authorizers: [authorizer] }, one.chart);
      const paths = ['/admin', '/admin/users', '/admin;x', '//admin', '/a/../admin', '/', '/administer'];
      const requests = [...paths.map((path) => enter(`https://${SHOP}${path}`)), enter('https://open.example.com/admin')].map(
        (request, index) => (index < paths.length ? { ...request, path: paths[index] } : request),
      );
      const answers = await mesh.answers(requests);
      expect(answers.map(({ allowed }) => allowed)).toEqual(requests.map(() => true));
      const asked = answers.map(({ asks }) => asks!.map(({ provider }) => provider));
      expect(asked).toEqual([...Array(5).fill(['login']), [], [], []]);
      // Gateways of Istio on pods of others the verdict does not follow.
      const known = kind === 'of Istio' ? [] : requests;
      expect(known.map((request) => decide(mesh.cluster, request).asks ?? [])).toEqual(asked.slice(0, known.length));
    });

    it('marks for the log without deciding', async () => {
      const one = guarded(plane, kind);
      one.gateway.audit({ hosts: [SHOP] });
      const mesh = await judgedUnder({}, one.chart);
      const answers = await mesh.answers([enter(`https://${SHOP}/`), enter('https://open.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    });

    it.each<readonly [string, (gateway: IngressGateway) => void, readonly boolean[]]>([
      ['a list with them on it', (gateway) => gateway.allowOnly(VISITORS), [true, true]],
      ['a list of others', (gateway) => gateway.allowOnly(ELSEWHERE), [false, false]],
      ['a list of others for one host', (gateway) => gateway.allowOnly(ELSEWHERE, { hosts: [SHOP] }), [false, true]],
      [
        'two lists for one host',
        (gateway) => [ELSEWHERE, VISITORS].forEach((list) => gateway.allowOnly(list, { hosts: [SHOP] })),
        [true, true],
      ],
      ['a refusal of whoever connects from there', (gateway) => gateway.denyClients(PEERS, { hosts: [SHOP] }), [false, true]],
      ['a refusal of others', (gateway) => gateway.denyClients(ELSEWHERE), [true, true]],
    ])('lets in clients by %s', async (_, say, expected) => {
      const one = guarded(plane, kind);
      say(one.gateway);
      const mesh = await judgedUnder({}, one.chart);
      const answers = await mesh.answers([enter(`https://${SHOP}/`), enter('https://open.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual(expected);
    });

    it('has each of several asked, as soon as the flag of istiod is on, and until then refuses what they are meant for', async () => {
      const one = guarded(plane, kind);
      one.gateway.askFirst(one.authorizer, { hosts: [SHOP] });
      const second = ExternalAuthorizer.of('audit', { service: one.login, port: 4180, besideOthers: true });
      one.gateway.askFirst(second, { http: [HttpAccess.anyMethod('/admin')] });
      const authorizers = [LOGIN, { ...LOGIN, name: 'audit' }];
      const requests = [`${SHOP}/`, `${SHOP}/admin`, 'open.example.com/admin', 'open.example.com/'].map((url) => enter(`https://${url}`));
      const off = await (await judgedUnder({ authorizers }, one.chart)).answers(requests);
      expect(off.map(({ allowed }) => allowed)).toEqual([false, false, false, true]);
      const on = await (await judgedUnder({ authorizers, severalAuthorizers: true }, one.chart)).answers(requests);
      expect(on.map(({ allowed }) => allowed)).toEqual([true, true, true, true]);
      expect(on.map(({ asks }) => asks!.map(({ provider }) => provider))).toEqual([['login'], ['audit', 'login'], ['audit'], []]);
    });

    it('refuses what it should ask about where the mesh configuration knows no such authorizer', async () => {
      const one = guarded(plane, kind);
      one.gateway.askFirst(one.authorizer, { hosts: [SHOP] });
      const mesh = await judgedUnder({}, one.chart);
      const answers = await mesh.answers([enter(`https://${SHOP}/`), enter('https://open.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });

    it('reaches the authorizer, in both layers, as nobody else does', async () => {
      const one = guarded(plane, kind);
      one.gateway.askFirst(one.authorizer);
      const mesh = await judgedUnder({ authorizers: [LOGIN] }, one.chart);
      const asked = (proxy: Caller) => [proxy, STRANGERS.sidecar, STRANGERS.ambient].map((who) => from(who, one.login, { port: 4180 }));
      const inNetwork = kind === 'of Istio' ? { workload: 'edge/gateway' } : GATEWAY;
      const answers = await Promise.all([mesh.answers(asked(GATEWAY)), withNetwork(mesh).answers(asked(inNetwork))]);
      expect(answers.map((some) => some.map(({ allowed }) => allowed))).toEqual(Array(2).fill([true, false, false]));
    });
  });
});

describe('clients of a gateway behind proxies', () => {
  const [CLIENT, OTHER, PROXY] = ['198.51.100.7', '192.0.2.1', '10.9.9.9'];
  const noted = (...addresses: string[]) => enter(`https://${SHOP}/`, { headers: { 'x-forwarded-for': addresses.join(', ') } });
  const SENT = [
    noted(CLIENT),
    noted(OTHER, CLIENT),
    noted(CLIENT, PROXY),
    noted(OTHER, CLIENT, PROXY),
    noted(CLIENT, OTHER, PROXY),
    enter(`https://${SHOP}/`),
  ];

  forEachPlane((plane) => {
    it.each<readonly [string, number, readonly boolean[]]>([
      ['no proxy is trusted, and what they write counts for nothing', 0, [false, false, false, false, false, false]],
      ['one is, which notes them last', 1, [true, true, false, false, false, false]],
      ['two are, the first of which notes them', 2, [false, false, true, true, false, false]],
    ])('are known by their addresses where %s', async (_, trustedProxies, expected) => {
      const one = guarded(plane, 'of the Gateway API', trustedProxies);
      one.gateway.allowOnly(ELSEWHERE);
      const mesh = await judgedUnder({}, one.chart);
      const answers = await mesh.answers(SENT);
      expect(answers.map(({ allowed }) => allowed)).toEqual(expected);
      expect(SENT.map((request) => decide(mesh.cluster, request).allowed)).toEqual(expected);
    });
  });
});
