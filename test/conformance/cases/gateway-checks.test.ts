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

function guarded({ dataPlane }: PlaneUnderTest, kind: keyof typeof KINDS) {
  const one = shop({ dataPlane });
  const edge = new ZeroTrustNamespace(one.chart, 'edge', { dataPlane });
  if (kind === 'of Istio') rawGateway(one.chart, { name: 'gateway', namespace: 'edge', ports: [80, 443], secrets: ['cert'] });
  const listeners = [GatewayListener.redirectToHttps()];
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners, trustedProxies: 0, ...KINDS[kind] });
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
