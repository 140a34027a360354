import {
  ExternalAuthorizer,
  HttpAccess,
  IngressGateway,
  type IngressGatewayProps,
  IpBlocks,
  JwtIssuer,
  MeshNamespace,
  MeshPort,
} from 'istio-constructs';
import { service } from '../../builders';
import type { ProxyUnderTest } from '../proxy-under-test';
import type { Row } from '../row';
import { newSigner } from '../tokens';

const HOST = 'shop.example.com';
// The client of the suite connects from 203.0.113.50.
const [HERE, CLIENT, OTHER, PROXY] = ['203.0.113.50', '198.51.100.7', '198.51.100.200', '10.9.9.9'];

type Said = Parameters<NonNullable<Row['program']>>;

const gatewayOf = ([{ chart }, { dataPlane }]: Said, props: Partial<IngressGatewayProps> = {}): IngressGateway =>
  new IngressGateway(new MeshNamespace(chart, 'edge', { dataPlane }), 'gateway', { tlsSecret: 'cert', ...props });

const noted = (...addresses: string[]) => ({ headers: { 'x-forwarded-for': addresses.join(', ') } });

/** What becomes of requests, by what is noted in them. */
async function statuses(envoy: ProxyUnderTest, lines: readonly object[]): Promise<number[]> {
  return Promise.all(lines.map(async (line) => (await envoy.send(line)).status));
}

const onlyClients = (trustedProxies: number, allowed: string): Pick<Row, 'at' | 'program'> => ({
  at: 'gateway',
  program: (...said) => {
    const gateway = gatewayOf(said, { trustedProxies });
    gateway.expose(said[0].cart, { host: HOST });
    gateway.allowOnly(IpBlocks.ofClients(allowed));
  },
});

/** Believes the last of what is noted, and the client that has written the rest no word. */
export const ONE_TRUSTED: Row = {
  ...onlyClients(1, CLIENT),
  what: 'tells clients by what the one proxy before it has noted, and not by what they write themselves',
  check: async (envoy) => {
    expect(await statuses(envoy, [noted(CLIENT), noted(OTHER, CLIENT), noted(CLIENT, OTHER), noted(CLIENT, HERE), {}])).toEqual([
      200, 200, 403, 403, 403,
    ]);
    expect(envoy.countOf()).toBe(2);
  },
};

const ISSUER = 'https://id.example.com';
const [SIGNER, IMPOSTOR] = [newSigner(), newSigner()];
const claims = (others: object = {}) => ({ iss: ISSUER, sub: 'ann', aud: 'shop', exp: Math.floor(Date.now() / 1000) + 3600, ...others });
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

/** The gateway wants a token at some paths. */
export const USERS_AT_GATEWAY: Row = {
  what: 'asks for a token where it is to, however the path is written, and nowhere else',
  at: 'gateway',
  program: (...said) => {
    const gateway = gatewayOf(said);
    const issuer = JwtIssuer.of({ issuer: ISSUER, jwks: SIGNER.jwks, audiences: ['shop'] });
    gateway.expose(said[0].cart, { host: HOST });
    gateway.expose(said[0].cart, { host: HOST, pathPrefix: '/account', routeName: 'account', usersAtGateway: [{ issuer }] });
  },
  check: async (envoy) => {
    const path = '/account/1';
    const tokens = { right: SIGNER.sign(claims()), foreign: IMPOSTOR.sign(claims()), old: SIGNER.sign(claims({ exp: 1 })) };
    const elsewhere = SIGNER.sign(claims({ aud: 'desk' }));
    expect(await statuses(envoy, [{ path, headers: bearing(tokens.right) }, { path: '/open' }])).toEqual([200, 200]);
    const wrong = [tokens.foreign, tokens.old].map((token) => ({ path, headers: bearing(token) }));
    expect(await statuses(envoy, [...wrong, { path, headers: bearing(elsewhere) }, { path }])).toEqual([401, 401, 403, 403]);
    const tricks = ['/account', '/account/', '//account/1', '/open/../account/1', '/./account', '/account;x'];
    expect(
      (
        await statuses(
          envoy,
          tricks.map((one) => ({ path: one })),
        )
      ).filter((status) => status !== 403),
    ).toEqual([]);
    expect(envoy.countOf()).toBe(2);
  },
};

const LOGIN = { name: 'login', service: 'login.auth.svc.cluster.local', port: 4180, http: true };

/** The gateway asks somebody about some paths. */
export const ASKS_AT_GATEWAY: Row = {
  what: 'asks an authorizer about the requests that are meant, does as it is told, and lets nobody in where it has no answer',
  at: 'gateway',
  settings: { authorizers: [LOGIN] },
  program: (...said) => {
    const [{ chart, cart }, { dataPlane }] = said;
    const gateway = gatewayOf(said);
    gateway.expose(cart, { host: HOST });
    const login = service(new MeshNamespace(chart, 'auth', { dataPlane }), 'login', { ports: [MeshPort.http(4180)] });
    const authorizer = ExternalAuthorizer.of('login', { service: login, port: 4180 });
    gateway.askFirst(authorizer, { http: [HttpAccess.anyMethod('/admin')] });
  },
  check: async (envoy) => {
    const logins = envoy.podsOf('auth/login-v1');
    const meant = ['/admin', '/admin/users', '//admin', '/x/../admin', '/admin;x'].map((path) => ({ path }));
    expect(await statuses(envoy, meant)).toEqual([200, 200, 200, 200, 200]);
    expect(envoy.countOf('auth/login-v1')).toBe(5);
    logins.forEach((login) => login.answersWith(403));
    expect(await statuses(envoy, [...meant, { path: '/' }, { path: '/administer' }])).toEqual([403, 403, 403, 403, 403, 200, 200]);
    expect(envoy.countOf('auth/login-v1')).toBe(10);
    await Promise.all(logins.map(async (login) => login.stop()));
    expect(await statuses(envoy, [{ path: '/admin' }, { path: '/' }])).toEqual([403, 200]);
    expect(envoy.countOf('auth/login-v1')).toBe(10);
    expect(envoy.countOf()).toBe(10 + 5 + 2 + 1);
  },
};

const AUDIT = { ...LOGIN, name: 'audit', service: 'audit.auth.svc.cluster.local' };

export const ASKS_SEVERAL: Row = {
  what: 'asks each of several authorizers about its own requests and all of them about those that they share, one of whom is enough to refuse',
  at: 'gateway',
  settings: { authorizers: [LOGIN, AUDIT], severalAuthorizers: true },
  program: (...said) => {
    const [{ chart, cart }, { dataPlane }] = said;
    const gateway = gatewayOf(said);
    gateway.expose(cart, { host: HOST });
    const auth = new MeshNamespace(chart, 'auth', { dataPlane });
    const asked = (name: string) => service(auth, name, { ports: [MeshPort.http(4180)] });
    gateway.askFirst(ExternalAuthorizer.of('login', { service: asked('login'), port: 4180 }), { http: [HttpAccess.anyMethod('/admin')] });
    const audit = ExternalAuthorizer.of('audit', { service: asked('audit'), port: 4180, besideOthers: true });
    gateway.askFirst(audit, { http: [HttpAccess.anyMethod('/admin/users'), HttpAccess.anyMethod('/money')] });
  },
  check: async (envoy) => {
    const counts = () => ['auth/login-v1', 'auth/audit-v1'].map((workload) => envoy.countOf(workload));
    const sent = ['/admin', '/money', '/admin/users', '/'].map((path) => ({ path }));
    expect(await statuses(envoy, sent)).toEqual([200, 200, 200, 200]);
    expect(counts()).toEqual([2, 2]);
    envoy.podsOf('auth/login-v1').forEach((pod) => pod.answersWith(403));
    expect(await statuses(envoy, sent)).toEqual([403, 200, 403, 200]);
    envoy.podsOf('auth/login-v1').forEach((pod) => pod.answersWith(200));
    envoy.podsOf('auth/audit-v1').forEach((pod) => pod.answersWith(403));
    expect(await statuses(envoy, sent)).toEqual([200, 403, 403, 200]);
  },
};

export const GATEWAYS: readonly Row[] = [
  {
    ...onlyClients(0, HERE),
    what: 'tells clients by where they connect from, whatever they write, if no proxy is before it',
    check: async (envoy) => {
      expect(await statuses(envoy, [{}, noted(CLIENT), noted(CLIENT, OTHER)])).toEqual([200, 200, 200]);
    },
  },
  {
    ...onlyClients(0, CLIENT),
    what: 'lets in nobody who writes the address of a client that is let in',
    check: async (envoy) => {
      expect(await statuses(envoy, [{}, noted(CLIENT), noted(OTHER, CLIENT), noted(CLIENT, PROXY)])).toEqual([403, 403, 403, 403]);
      expect(envoy.countOf()).toBe(0);
    },
  },
  ONE_TRUSTED,
  {
    ...onlyClients(2, CLIENT),
    what: 'tells clients by what the first of two proxies before it has noted, and those who come past them by where they connect from',
    check: async (envoy) => {
      const right = [noted(CLIENT, PROXY), noted(OTHER, CLIENT, PROXY)];
      const wrong = [noted(CLIENT), noted(CLIENT, OTHER, PROXY), noted(OTHER, PROXY), {}];
      expect(await statuses(envoy, [...right, ...wrong])).toEqual([200, 200, 403, 403, 403, 403]);
    },
  },
  {
    what: 'refuses clients by what the proxy before it has noted, and nobody else',
    at: 'gateway',
    program: (...said) => {
      const gateway = gatewayOf(said, { trustedProxies: 1 });
      gateway.expose(said[0].cart, { host: HOST });
      gateway.denyClients(IpBlocks.ofClients(`${CLIENT}/32`), { http: [HttpAccess.anyMethod('/admin')] });
    },
    check: async (envoy) => {
      const admin = (line: object) => ({ path: '/admin/users', ...line });
      expect(await statuses(envoy, [admin(noted(CLIENT)), admin(noted(OTHER, CLIENT)), admin(noted(OTHER)), noted(CLIENT)])).toEqual([
        403, 403, 200, 200,
      ]);
    },
  },
  USERS_AT_GATEWAY,
  ASKS_AT_GATEWAY,
  ASKS_SEVERAL,
];
