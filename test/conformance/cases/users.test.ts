import { HttpAccess, JwtIssuer, RequestMatch, TokenPlace } from 'istio-constructs';
import { edgeGateway, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, from, STRANGERS } from '../requests';

const TOKEN = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'], claims: { role: 'clerk' } };
const issuer = JwtIssuer.of({ issuer: TOKEN.issuer, audiences: ['shop'] });
const partners = JwtIssuer.of({ issuer: 'https://partners.example.com', audiences: ['shop'] });
const KEYS =
  '{"keys":[{"kty":"RSA","e":"AQAB","n":"xAE7eB6qugXyCAG3yhh7pkDkT65pHymX-P7KfIupjf59vsdo91bSP9C8H07pSAGQO1MV_xFj9VswgsCg4R6otmg5PV2He95lZdHtOcU5DXIg_pbhLdKXbi66GlVeK6ABZOUW3WYtnNHD-91gVuoeJT_DwtGGcp4ignkgXfkiEm4sw-4sfb4qdt5oLbyVpmW6x9cfa7vs2WTfURiCrBoUqgBo_-4WTiULmmHSGZHOjzwa8WtrtOQGsAFjIbno85jp6MnGGGZPYZbDAa_b3y5u-YpW7ypZrvD8BgtKVjgtQgZhLAGezMt0ua3DRrWnKqTZ0BJ_EyxOGuHJrLsn00fnMQ"}]}';
const REFUNDS = [HttpAccess.post('/refunds/*')];
const refund = { method: 'POST', path: '/refunds/1' };

describe('users', () => {
  forEachPlane((plane) => {
    it('are let in with their token by the caller that may bring them, and nobody else is', async () => {
      const { chart, cart, product, payment } = shop(plane);
      product.access.allow(cart, { http: REFUNDS, user: { issuer, claims: { role: ['clerk'] } } });
      const mesh = await judged(chart);
      const answers = await mesh.answers([
        call(cart, product, { ...refund, token: TOKEN }),
        call(cart, product, refund),
        call(cart, product, { ...refund, token: { ...TOKEN, claims: { role: 'guest' } } }),
        call(cart, product, { ...refund, token: { ...TOKEN, audiences: ['desk'] } }),
        call(cart, product, { ...refund, token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
        call(cart, product, { path: '/refunds/1', token: TOKEN }),
        call(payment, product, { ...refund, token: TOKEN }),
        from(STRANGERS.ambient, product, { ...refund, token: TOKEN }),
        from(STRANGERS.sidecar, product, { ...refund, token: TOKEN }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, ...Array<boolean>(8).fill(false)]);
    });

    it('leave grants without a user as they are, whose callers bring no token or a right one', async () => {
      const { chart, cart, product, payment } = shop(plane);
      product.access.allow(cart, { http: REFUNDS, user: { issuer } });
      payment.calls(product, { http: [HttpAccess.get('/items')] });
      const mesh = await judged(chart);
      const answers = await mesh.answers([
        call(payment, product, { path: '/items' }),
        call(payment, product, { path: '/items', token: TOKEN }),
        call(payment, product, { path: '/items', token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
        call(payment, product, { ...refund, token: TOKEN }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    });

    it('of several issuers are told apart, and so are audiences of one', async () => {
      const { chart, cart, product, payment } = shop(plane);
      const desk = JwtIssuer.of({ issuer: TOKEN.issuer, audiences: ['desk'] });
      product.access.allow(cart, { user: { issuer } });
      product.access.allow(cart, { user: { issuer: partners } });
      product.access.allow(payment, { user: { issuer: desk } });
      const mesh = await judged(chart);
      const answers = await mesh.answers([
        call(cart, product, { token: TOKEN }),
        call(cart, product, { token: { ...TOKEN, issuer: 'https://partners.example.com' } }),
        call(cart, product, { token: { ...TOKEN, audiences: ['desk'] } }),
        call(payment, product, { token: { ...TOKEN, audiences: ['desk'] } }),
        call(payment, product, { token: TOKEN }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, true, false]);
    });

    it('may be optional: who brings no token is let in, and a wrong one refuses the request', async () => {
      const { chart, cart, product, payment } = shop(plane);
      product.access.allow(cart, { http: [HttpAccess.get('/items/*')], user: { issuer, optional: true } });
      product.access.allow(cart, { http: REFUNDS, user: { issuer, claims: { role: ['clerk'] } } });
      const mesh = await judged(chart);
      const path = '/items/1';
      const answers = await mesh.answers([
        call(cart, product, { path }),
        call(cart, product, { path, token: TOKEN }),
        call(cart, product, { path, token: { ...TOKEN, claims: { role: 'guest' } } }),
        call(cart, product, { ...refund, token: TOKEN }),
        call(cart, product, { path, token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
        call(cart, product, { path, token: { ...TOKEN, audiences: ['desk'] } }),
        call(cart, product, refund),
        call(cart, product, { path: '/other' }),
        call(payment, product, { path }),
        from(STRANGERS.ambient, product, { path }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([...Array<boolean>(4).fill(true), ...Array<boolean>(6).fill(false)]);
    });

    it('have claims inside others, and in lists', async () => {
      const { chart, cart, product } = shop(plane);
      product.access.allow(cart, { user: { issuer, claims: { '[realm_access][roles]': ['staff-*'] } } });
      const mesh = await judged(chart);
      const answers = await mesh.answers(
        [['staff-1', 'x'], ['x'], undefined].map((roles) =>
          call(cart, product, { token: { ...TOKEN, claims: { realm_access: { roles }, roles: ['staff-1'] } } }),
        ),
      );
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
    });

    it('are known by keys in the program as well, wherever their token stands', async () => {
      const { chart, cart, product } = shop(plane);
      const shopkeeper = JwtIssuer.of({
        issuer: 'shop',
        jwks: KEYS,
        anyAudience: 'it writes no aud',
        tokenPlaces: [TokenPlace.header('x-token', 'Token '), TokenPlace.cookie('session'), TokenPlace.query('token')],
        claimHeaders: { 'x-user': 'sub' },
        forwardsToken: true,
      });
      const elsewhere = JwtIssuer.of({ issuer: 'desk', jwksUri: 'https://desk.example.com/jwks', audiences: ['shop'] });
      product.access.allow(cart, { user: { issuer: shopkeeper } });
      product.access.allow(cart, { user: { issuer: elsewhere } });
      const mesh = await judged(chart);
      const tokens = [{ issuer: 'shop' }, { issuer: 'desk', audiences: ['shop'] }, { issuer: 'desk' }];
      const answers = await mesh.answers(tokens.map((token) => call(cart, product, { token: { subject: 'ann', ...token } })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false]);
    });
  });
});

describe('an application that wants to know who calls', () => {
  forEachPlane((plane) => {
    it('is called by those who may, by way of whoever tells it', async () => {
      const { chart, cart, product, payment } = shop(plane, { forwardIdentity: true });
      product.calls(cart);
      const mesh = await judged(chart);
      const answers = await mesh.answers([
        call(product, cart),
        call(payment, cart),
        from(STRANGERS.ambient, cart),
        from(STRANGERS.sidecar, cart),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false, false]);
    });
  });
});

describe('what is exposed to users', () => {
  forEachPlane((plane) => {
    it('is let in with a token, by the gateway alone, and only where it is exposed', async () => {
      const { chart, cart, product } = shop(plane);
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com', pathPrefix: '/v1', user: { issuer } });
      const mesh = await judged(chart);
      const url = 'https://shop.example.com/v1/items';
      const answers = await mesh.answers([
        enter(url, { token: TOKEN }),
        enter(url),
        enter(url, { token: { ...TOKEN, audiences: ['desk'] } }),
        enter(url, { token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
        enter('https://shop.example.com/v2', { token: TOKEN }),
        call(cart, product, { path: '/v1/items', token: TOKEN }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, ...Array<boolean>(5).fill(false)]);
    });
  });
});

describe('users whom the gateway itself asks', () => {
  const host = 'shop.example.com';
  const usersAtGateway = [{ issuer }];
  const allowedOf = (answers: ReadonlyArray<{ readonly allowed: boolean }>): boolean[] => answers.map(({ allowed }) => allowed);
  const foreign = { ...TOKEN, issuer: 'https://elsewhere.example.com' };

  forEachPlane((plane) => {
    it('are let in with a token at their paths, however these are written, and everybody at all others', async () => {
      const { chart, cart, product } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      gateway.expose(product, { host });
      gateway.expose(cart, { host, pathPrefix: '/cart', usersAtGateway });
      gateway.expose(product, { host: 'open.example.com', routeName: 'open' });
      const mesh = await judged(chart);
      const url = (path: string, at = host): string => `https://${at}${path}`;
      const closed = ['/cart', '/cart/', '/cart/1', '/cart;x', '//cart', '/;x/cart', '/x/../cart', '/cart/../cart/1'];
      const refused = closed.map((path) => enter(url(path)));
      expect(allowedOf(await mesh.answers(refused))).toEqual(closed.map(() => false));
      const answers = await mesh.answers([
        enter(url('/cart/1'), { token: TOKEN }),
        enter(url('/cart/1'), { token: { ...TOKEN, audiences: ['desk'] } }),
        enter(url('/cart/1'), { token: foreign }),
        enter(url('/')),
        enter(url('/carts')),
        enter(url('/'), { token: TOKEN }),
        enter(url('/cart', 'open.example.com')),
        enter(url('/'), { token: foreign }),
        call(product, cart, { path: '/cart', token: TOKEN }),
        from(STRANGERS.ambient, cart, { path: '/cart', token: TOKEN }),
      ]);
      expect(allowedOf(answers)).toEqual([true, false, false, true, true, true, true, false, false, false]);
    });

    it('of several issuers have what theirs asks for, and paths that are open stay open', async () => {
      const { chart, cart, product } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      gateway.expose(cart, { host, usersAtGateway: [{ issuer, claims: { role: ['clerk'] } }, { issuer: partners }] });
      gateway.expose(product, { host, pathPrefix: '/public' });
      const mesh = await judged(chart);
      const at = (path: string, token?: object) => enter(`https://${host}${path}`, { token: token as typeof TOKEN });
      const answers = await mesh.answers([
        at('/', TOKEN),
        at('/', { ...TOKEN, claims: { role: 'guest' } }),
        at('/', { ...TOKEN, claims: {} }),
        at('/', { ...TOKEN, issuer: partners.issuer, claims: {} }),
        at('/'),
        at('/public'),
        at('/public/a'),
        at('/publication'),
        at('//public'),
      ]);
      expect(allowedOf(answers)).toEqual([true, false, false, true, false, true, true, false, false]);
    });

    it('may be optional, and methods tell requests apart', async () => {
      const { chart, cart, product } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      gateway.expose(product, { host: 'greeting.example.com', usersAtGateway: [{ issuer, optional: true }] });
      gateway.expose(cart, { host, match: [RequestMatch.httpMethod('POST')], usersAtGateway });
      gateway.expose(cart, { host, match: [RequestMatch.httpMethod('GET')], routeName: 'reads' });
      const mesh = await judged(chart);
      const at = (name: string, method: string, token?: typeof TOKEN) => enter(`https://${name}/`, { method, token });
      const answers = await mesh.answers([
        at('greeting.example.com', 'GET'),
        at('greeting.example.com', 'GET', TOKEN),
        at('greeting.example.com', 'GET', foreign),
        at(host, 'GET'),
        at(host, 'POST'),
        at(host, 'POST', TOKEN),
      ]);
      expect(allowedOf(answers)).toEqual([true, true, false, true, false, true]);
    });

    it('are asked again by the service, which gets their token', async () => {
      const { chart, cart } = shop(plane);
      edgeGateway(chart, plane.dataPlane).expose(cart, { host, usersAtGateway, user: { issuer, claims: { role: ['clerk'] } } });
      const mesh = await judged(chart);
      const answers = await mesh.answers([
        enter(`https://${host}/`, { token: TOKEN }),
        enter(`https://${host}/`, { token: { ...TOKEN, claims: { role: 'guest' } } }),
        enter(`https://${host}/`),
      ]);
      expect(allowedOf(answers)).toEqual([true, false, false]);
    });
  });
});
