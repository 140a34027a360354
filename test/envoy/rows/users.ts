import { HttpAccess, JwtIssuer, type JwtIssuerProps, TokenPlace } from 'istio-constructs';
import type { Shop } from '../../builders';
import type { ProxyUnderTest } from '../proxy-under-test';
import type { Row } from '../row';
import { newSigner } from '../tokens';

const ISSUER = 'https://id.example.com';
const SIGNER = newSigner();
const IMPOSTOR = newSigner();

const now = (): number => Math.floor(Date.now() / 1000);
const claims = (others: object = {}) => ({ iss: ISSUER, sub: 'ann', aud: 'shop', exp: now() + 3600, role: 'clerk', ...others });
const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const carrying = (others: object = {}) => bearing(SIGNER.sign(claims(others)));
const statusOf = async (envoy: ProxyUnderTest, line: object): Promise<number> => (await envoy.send(line)).status;

/** The payments call the cart for clerks. */
const forClerks =
  (props: Partial<JwtIssuerProps> = {}) =>
  ({ payment, cart }: Shop): void => {
    const issuer = JwtIssuer.of({ issuer: ISSUER, jwks: SIGNER.jwks, audiences: ['shop'], ...props });
    payment.calls(cart, { http: [HttpAccess.get('/refunds/*')], user: { issuer, claims: { role: ['clerk'] } } });
  };

const ASKED: Pick<Row, 'cart' | 'at' | 'from'> = {
  cart: { retries: { attempts: 0 } },
  at: 'callee',
  from: { identity: { namespace: 'payments', serviceAccount: 'payment', proxy: 'sidecar' } },
};

export const USERS: readonly Row[] = [
  {
    ...ASKED,
    what: 'lets in those whose token says what is asked for',
    program: forClerks(),
    check: async (envoy) => {
      expect(await statusOf(envoy, { path: '/refunds/1', ...carrying() })).toBe(200);
      expect(await statusOf(envoy, { path: '/refunds/1', ...carrying({ role: ['guest', 'clerk'], aud: ['desk', 'shop'] }) })).toBe(200);
      expect(envoy.countOf()).toBe(2);
    },
  },
  {
    ...ASKED,
    what: 'keeps out everybody without such a token',
    program: forClerks(),
    check: async (envoy) => {
      const path = '/refunds/1';
      const refused = {
        'no token': [403, {}],
        'another claim': [403, carrying({ role: 'guest' })],
        'a claim that begins alike': [403, carrying({ role: 'clerks' })],
        'no claim': [403, carrying({ role: undefined })],
        'no subject': [403, carrying({ sub: undefined })],
        'another audience': [403, carrying({ aud: 'desk' })],
        'no audience': [403, carrying({ aud: undefined })],
        'another issuer': [401, carrying({ iss: 'https://id.example.com.evil.example' })],
        'an old token': [401, carrying({ exp: now() - 3600 })],
        'one that is not valid yet': [401, carrying({ nbf: now() + 3600 })],
        'one that somebody else signed': [401, bearing(IMPOSTOR.sign(claims()))],
        'one without a signature': [401, bearing(SIGNER.sign(claims()).replace(/\.[^.]+$/, '.'))],
        'no token at all': [401, bearing('clerk')],
        'a token in a header of its own': [403, { headers: { 'x-token': SIGNER.sign(claims()) } }],
      } as const;
      const statuses = await Promise.all(Object.values(refused).map(async ([, line]) => statusOf(envoy, { path, ...line })));
      expect(Object.fromEntries(Object.keys(refused).map((what, index) => [what, statuses[index]]))).toEqual(
        Object.fromEntries(Object.entries(refused).map(([what, [status]]) => [what, status])),
      );
      expect(await statusOf(envoy, { path: '/other', ...carrying() })).toBe(403);
      expect(await statusOf(envoy, { method: 'POST', path, ...carrying() })).toBe(403);
      expect(envoy.countOf()).toBe(0);
    },
  },
  {
    ...ASKED,
    what: 'gives the application claims in headers that no caller can write, and keeps the token',
    program: forClerks({ claimHeaders: { 'x-user': 'sub', 'x-team': 'team' } }),
    check: async (envoy) => {
      const { headers } = carrying();
      await envoy.send({ path: '/refunds/1', headers: { ...headers, 'x-user': 'root', 'x-team': 'admins' } });
      const [got] = envoy.pods.flatMap(({ received }) => received);
      expect(got.headers['x-user']).toBe('ann');
      expect(got.headers['x-team']).toBeUndefined();
      expect(got.headers.authorization).toBeUndefined();
    },
  },
  {
    ...ASKED,
    what: 'lets in who brings no token where it may be left out, and nobody with a wrong one',
    program: ({ payment, cart }) => {
      const issuer = JwtIssuer.of({ issuer: ISSUER, jwks: SIGNER.jwks, audiences: ['shop'], claimHeaders: { 'x-user': 'sub' } });
      payment.calls(cart, { http: [HttpAccess.get('/items/*')], user: { issuer, optional: true } });
    },
    check: async (envoy) => {
      const path = '/items/1';
      expect(await statusOf(envoy, { path, headers: { 'x-user': 'root' } })).toBe(200);
      expect(await statusOf(envoy, { path, ...carrying({ role: 'guest' }) })).toBe(200);
      const users = envoy.pods.flatMap(({ received }) => received).map(({ headers }) => headers['x-user'] ?? 'nobody');
      expect(users.sort()).toEqual(['ann', 'nobody']);
      expect(await statusOf(envoy, { path, ...carrying({ exp: now() - 3600 }) })).toBe(401);
      expect(await statusOf(envoy, { path, ...carrying({ aud: 'desk' }) })).toBe(403);
      expect(await statusOf(envoy, { path, ...bearing(IMPOSTOR.sign(claims())) })).toBe(401);
      expect(await statusOf(envoy, { path: '/other' })).toBe(403);
    },
  },
  {
    ...ASKED,
    cart: { ...ASKED.cart, forwardIdentity: true },
    from: undefined,
    // Here connections have no certificates, of which a sidecar tells.
    planes: ['ambient'],
    what: 'tells the application who calls, in place of what the caller says',
    check: async (envoy) => {
      const said = 'By=spiffe://cluster.local/ns/shop/sa/cart;URI=spiffe://cluster.local/ns/payments/sa/payment';
      expect(await statusOf(envoy, { headers: { 'x-forwarded-client-cert': said } })).toBe(200);
      const [got] = envoy.pods.flatMap(({ received }) => received);
      expect(got.headers['x-forwarded-client-cert']).toMatch(/;URI=spiffe:\/\/cluster\.local\/ns\/shop\/sa\/product$/);
    },
  },
  {
    ...ASKED,
    from: undefined,
    what: 'takes such headers out of requests without a token too',
    program: forClerks({ claimHeaders: { 'x-user': 'sub' } }),
    check: async (envoy) => {
      expect(await statusOf(envoy, { headers: { 'x-user': 'root', 'x-own': 'yes' } })).toBe(200);
      const [got] = envoy.pods.flatMap(({ received }) => received);
      expect(got.headers['x-own']).toBe('yes');
      expect(got.headers['x-user']).toBeUndefined();
    },
  },
  {
    ...ASKED,
    what: 'finds the token where it is said to stand, and nowhere else',
    program: forClerks({ tokenPlaces: [TokenPlace.header('x-token', 'Token '), TokenPlace.cookie('session'), TokenPlace.query('token')] }),
    check: async (envoy) => {
      const path = '/refunds/1';
      const token = SIGNER.sign(claims());
      const found = [
        { path, headers: { 'x-token': `Token ${token}` } },
        { path, headers: { cookie: `lang=en; session=${token}` } },
        { path: `${path}?token=${token}` },
      ];
      const lost = [{ path, ...bearing(token) }, { path: `${path}?access_token=${token}` }];
      const statuses = await Promise.all([...found, ...lost].map(async (line) => statusOf(envoy, line)));
      expect(statuses).toEqual([200, 200, 200, 403, 403]);
    },
  },
  {
    ...ASKED,
    what: 'sends the token on where the application is to have it',
    program: forClerks({ forwardsToken: true }),
    check: async (envoy) => {
      const line = carrying();
      await envoy.send({ path: '/refunds/1', ...line });
      expect(envoy.pods.flatMap(({ received }) => received)[0].headers.authorization).toBe(line.headers.authorization);
    },
  },
];
