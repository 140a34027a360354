import { Duration } from 'cdk8s';
import {
  type CorsPolicy,
  HttpAccess,
  MeshPort,
  PathRewrite,
  RequestMatch,
  RequestRouting,
  UrlScheme,
  type Redirect,
  type RequestShaping,
} from 'istio-constructs';
import { canary, edgeGateway, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { shape } from '../../shaping';
import type { Answer, Shape } from '../answer';
import { judged } from '../judged';
import { call, dial, enter, type Line, sharesOf } from '../requests';

const BELOW_CART = [RequestMatch.pathPrefix('/cart')];
const HOST = 'https://shop.example.com';

/** The shop, whose product page calls a cart of which requests change on the way. */
function shaped(plane: PlaneUnderTest, shaping: RequestShaping, match?: readonly RequestMatch[]): Shop {
  const one = shop(plane);
  one.product.calls(one.cart);
  shape(one.cart, shaping, match);
  return one;
}

async function answersOf({ chart, product, cart }: Shop, ...lines: readonly Line[]): Promise<readonly Answer[]> {
  const mesh = await judged(chart);
  return mesh.answers(lines.map((line) => call(product, cart, line)));
}

const shapeOf = ({ legs }: Answer): Shape | undefined => legs.map((leg) => leg.shape).find(Boolean);

const pathsOf = (answers: readonly Answer[]): unknown[] => answers.map((answer) => shapeOf(answer)?.path);

const paths = (...all: readonly string[]): Line[] => all.map((path) => ({ path }));

describe('a rewrite', () => {
  forEachPlane((plane) => {
    it.each<[string, string[]]>([
      ['/', ['/', '/', '/7?a=b', '/a/b']],
      ['/basket', ['/basket', '/basket/', '/basket/7?a=b', '/basket/a/b']],
    ])('gives the paths below its match another beginning: %s', async (value, sent) => {
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix(value) } }, BELOW_CART);
      const answers = await answersOf(one, ...paths('/cart', '/cart/', '/cart/7?a=b', '/cart/a/b', '/carts', '/'));
      expect(pathsOf(answers)).toEqual([...sent, undefined, undefined]);
      expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => true));
    });

    it('takes each of several matches for itself', async () => {
      const match = [RequestMatch.pathPrefix('/a.b'), RequestMatch.pathPrefix('/c'), RequestMatch.path('/d')];
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix('/x') } }, match);
      expect(pathsOf(await answersOf(one, ...paths('/a.b/1', '/c/2', '/d', '/aab/1', '/d/3')))).toEqual([
        '/x/1',
        '/x/2',
        '/x',
        undefined,
        undefined,
      ]);
    });

    it('puts a beginning before every path where nothing is matched', async () => {
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix('/v1') } });
      expect(pathsOf(await answersOf(one, ...paths('/', '/cart?a=b')))).toEqual(['/v1/', '/v1/cart?a=b']);
    });

    it('gives all requests one path, and one host', async () => {
      const rewrite = { path: PathRewrite.whole('/closed.html'), authority: 'www.example.com' };
      const answers = await answersOf(shaped(plane, { rewrite }, BELOW_CART), ...paths('/cart', '/cart/7?a=b', '/'));
      expect(answers.map(shapeOf)).toEqual([
        { path: '/closed.html', authority: 'www.example.com' },
        { path: '/closed.html?a=b', authority: 'www.example.com' },
        undefined,
      ]);
      expect(answers.map(sharesOf)).toEqual(answers.map(() => ({ 'shop/cart-v1': 100 })));
    });

    it('leaves the shares of a release as they are', async () => {
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix('/') } }, BELOW_CART);
      canary(one.cart, { weight: 10 });
      const [answer] = await answersOf(one, ...paths('/cart/7'));
      expect(sharesOf(answer)).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    });
  });
});

describe('a grant of paths that a rewrite changes', () => {
  forEachPlane((plane) => {
    /** The product page may ask for some paths of the cart. */
    async function allowed(granted: string[], asked: string[], match = BELOW_CART, to = '/'): Promise<readonly string[]> {
      const one = shop(plane);
      one.product.calls(one.cart, { http: [HttpAccess.anyMethod(...granted)] });
      shape(one.cart, { rewrite: { path: PathRewrite.prefix(to) } }, match);
      const answers = await answersOf(one, ...paths(...asked));
      return asked.filter((_, index) => answers[index].allowed);
    }

    it('lets in what it says, and nothing else', async () => {
      expect(await allowed(['/cart/items/*'], ['/cart/items/1', '/cart/other', '/cart', '/product'])).toEqual(['/cart/items/1']);
      expect(await allowed(['/cart'], ['/cart', '/cart/1', '/product'])).toEqual(['/cart']);
      expect(await allowed(['/cart/{*}/size'], ['/cart/1/size', '/cart/1/color'])).toEqual(['/cart/1/size']);
    });

    it('lets in what the rewrite takes, and what it leaves', async () => {
      const asked = ['/cart/1', '/car', '/carts', '/cab'];
      expect(await allowed(['/car*'], asked, BELOW_CART, '/basket')).toEqual(['/cart/1', '/car', '/carts']);
    });

    it('lets in both forms where a header decides', async () => {
      const one = shop(plane);
      one.product.calls(one.cart, { http: [HttpAccess.anyMethod('/cart/*')] });
      shape(one.cart, { rewrite: { path: PathRewrite.prefix('/beta') } }, [RequestMatch.header('x-beta', '1')]);
      shape(one.cart, { rewrite: { path: PathRewrite.prefix('/basket') } }, BELOW_CART);
      const [plain, beta, other] = await answersOf(
        one,
        { path: '/cart/1' },
        { path: '/cart/1', headers: { 'x-beta': '1' } },
        { path: '/x' },
      );
      expect([plain.allowed, beta.allowed, other.allowed]).toEqual([true, true, false]);
    });

    it('is of no use to who goes past the rewrite', async () => {
      const one = shop(plane);
      one.product.calls(one.cart, { http: [HttpAccess.anyMethod('/cart/items/*')] });
      shape(one.cart, { rewrite: { path: PathRewrite.prefix('/') } }, BELOW_CART);
      const mesh = await judged(one.chart);
      const answer = await mesh.answer(dial({ workload: 'shop/product-v1' }, one.cart, { path: '/cart/items/1' }));
      expect(answer.allowed).toBe(false);
    });

    it('refuses what a refusal says, however it arrives', async () => {
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix('/') } }, BELOW_CART);
      one.cart.access.denyAnyone({ http: [HttpAccess.anyMethod('/cart/admin/*')] });
      const answers = await answersOf(one, ...paths('/cart/admin/1', '/cart/1'));
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });
  });
});

describe('an answer that a proxy gives by itself', () => {
  forEachPlane((plane) => {
    it('sends the client to another path, host, port and scheme', async () => {
      const redirect: Redirect = {
        scheme: UrlScheme.HTTPS,
        host: 'www.example.com',
        port: 8443,
        path: PathRewrite.prefix('/shop'),
        status: 308,
      };
      const answers = await answersOf(shaped(plane, { redirect }, BELOW_CART), ...paths('/cart', '/cart/', '/cart/7?a=b', '/carts'));
      expect(answers.map((answer) => shapeOf(answer)?.location)).toEqual([
        'https://www.example.com:8443/shop',
        'https://www.example.com:8443/shop/',
        'https://www.example.com:8443/shop/7?a=b',
        undefined,
      ]);
      expect(answers.map(({ allowed, layer }) => [allowed, layer])).toEqual([
        ...[0, 1, 2].map(() => [false, 'routing']),
        [true, 'authorization'],
      ]);
    });

    it('keeps of the address whatever is not said', async () => {
      const at = 'http://cart.shop.svc.cluster.local:8080';
      const redirect: Redirect = { path: PathRewrite.whole('/new') };
      const [whole] = await answersOf(shaped(plane, { redirect }, BELOW_CART), ...paths('/cart/7?a=b'));
      expect(shapeOf(whole)).toEqual({ status: 302, location: `${at}/new?a=b` });
      const [host] = await answersOf(shaped(plane, { redirect: { host: 'a.example.com' } }), ...paths('/cart/7'));
      expect(shapeOf(host)?.location).toBe('http://a.example.com:8080/cart/7');
      const [scheme] = await answersOf(
        shaped(plane, { redirect: { scheme: UrlScheme.HTTPS, host: 'a.example.com' } }),
        ...paths('/cart/7'),
      );
      expect(shapeOf(scheme)?.location).toBe('https://a.example.com/cart/7');
      const [http] = await answersOf(shaped(plane, { redirect: { scheme: UrlScheme.HTTP, host: 'a.example.com' } }), ...paths('/cart/7'));
      expect(shapeOf(http)?.location).toBe('http://a.example.com/cart/7');
    });

    it('takes the place of the service’s, with its headers', async () => {
      const shaping: RequestShaping = {
        directResponse: { status: 503, body: 'closed for stocktaking' },
        responseHeaders: { set: { 'Retry-After': '3600' } },
      };
      const [closed, open] = await answersOf(shaped(plane, shaping, BELOW_CART), ...paths('/cart/7', '/'));
      expect(shapeOf(closed)).toEqual({ status: 503, body: 'closed for stocktaking', responseHeaders: ['set retry-after: 3600'] });
      expect([closed.allowed, open.allowed]).toEqual([false, true]);
    });
  });
});

describe('changes of headers', () => {
  forEachPlane((plane) => {
    it('are made on requests and answers, as the rewrite beside them', async () => {
      const shaping: RequestShaping = {
        rewrite: { path: PathRewrite.prefix('/') },
        requestHeaders: { set: { 'X-Team': 'cart' }, add: { 'x-hop': '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%' }, remove: ['X-Debug'] },
        responseHeaders: { add: { 'cache-control': 'no-store' }, remove: ['server'] },
      };
      const [answer] = await answersOf(shaped(plane, shaping, BELOW_CART), ...paths('/cart/7'));
      expect(shapeOf(answer)).toEqual({
        path: '/7',
        requestHeaders: ['set x-team: cart', 'add x-hop: %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', 'remove x-debug'],
        responseHeaders: ['add cache-control: no-store', 'remove server'],
      });
    });

    it('hold for the service as a whole, and for what a release adds', async () => {
      const one = shop(plane, { requestHeaders: { set: { 'x-team': 'cart' } }, responseHeaders: { remove: ['server'] } });
      one.product.calls(one.cart);
      canary(one.cart, { weight: 10, match: [RequestMatch.header('x-canary', '1')] });
      const answers = await answersOf(one, {}, { headers: { 'x-canary': '1' } });
      const said = { requestHeaders: ['set x-team: cart'], responseHeaders: ['remove server'] };
      expect(answers.map(shapeOf)).toEqual([said, said]);
    });
  });
});

const CORS: CorsPolicy = {
  allowOrigins: ['https://www.example.com', 'https://*.example.org'],
  allowMethods: ['PUT', 'DELETE'],
  allowHeaders: ['x-team'],
  exposeHeaders: ['x-total'],
  allowCredentials: true,
  maxAge: Duration.hours(1),
};

describe('what browsers are told', () => {
  forEachPlane((plane) => {
    const asks = (origin: string): Line => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });

    /** The shop with its cart at shop.example.com. */
    function exposed(cors: CorsPolicy): Shop {
      const one = shop(plane, { cors });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart' });
      return one;
    }

    it('is the same through a gateway, whoever reads the policy', async () => {
      const mesh = await judged(exposed(CORS).chart);
      const answers = await mesh.answers([
        enter(`${HOST}/cart`, asks('https://www.example.com')),
        enter(`${HOST}/cart`, asks('https://a.example.org')),
        enter(`${HOST}/cart`, asks('https://a.example.org.evil.com')),
        enter(`${HOST}/cart`, { headers: { origin: 'https://www.example.com' } }),
        enter(`${HOST}/cart`),
      ]);
      const allowed = {
        allowed: true,
        answered: true,
        methods: 'PUT,DELETE',
        headers: 'x-team',
        exposeHeaders: 'x-total',
        credentials: true,
      };
      expect(answers.map((answer) => shapeOf(answer)?.cors)).toEqual([
        { ...allowed, maxAge: '3600' },
        { ...allowed, maxAge: '3600' },
        { allowed: false, answered: true },
        { allowed: true, exposeHeaders: 'x-total', credentials: true },
        undefined,
      ]);
      expect(answers.map((answer) => answer.legs.filter((leg) => leg.shape?.cors).map(({ at }) => at))).toEqual([
        ...[0, 1, 2, 3].map(() => [plane.of({ sidecar: 'gateway edge/gateway', ambient: 'waypoint shop/waypoint' })]),
        [],
      ]);
    });

    it('is said by a rule for one method, to whoever asks about that method', async () => {
      const one = shop(plane);
      const rules = [{ match: [RequestMatch.all([RequestMatch.httpMethod('PUT'), RequestMatch.pathPrefix('/cart')])], cors: CORS }];
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart' });
      const mesh = await judged(one.chart);
      const other = { origin: 'https://www.example.com', 'access-control-request-method': 'DELETE' };
      const answers = await mesh.answers([
        enter(`${HOST}/cart/7`, asks('https://www.example.com')),
        enter(`${HOST}/cart/7`, { method: 'OPTIONS', headers: other }),
        enter(`${HOST}/cart/7`, { method: 'PUT', headers: { origin: 'https://www.example.com' } }),
      ]);
      expect(answers.map((answer) => shapeOf(answer)?.cors)).toMatchObject([
        { allowed: true, answered: true },
        undefined,
        { allowed: true },
      ]);
    });

    it('is that every page may ask where all sites are meant', async () => {
      const mesh = await judged(exposed({ allowOrigins: ['*'] }).chart);
      const [answer] = await mesh.answers([enter(`${HOST}/cart`, asks('http://localhost:3000'))]);
      expect(shapeOf(answer)).toEqual({ status: 200, cors: { allowed: true, answered: true, maxAge: '5' } });
    });
  });
});

describe('an exposed service whose paths change', () => {
  forEachPlane((plane) => {
    const url = (...rest: string[]) => rest.map((path) => enter(`${HOST}${path}`));

    it('sees what its gateway makes of them, and lets in nothing else', async () => {
      const one = shop(plane);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite: { path: PathRewrite.prefix('/basket') } });
      gateway.expose(one.product, {
        host: 'shop.example.com',
        pathPrefix: '/p',
        rewrite: { path: PathRewrite.whole('/page'), authority: 'a.b' },
      });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(url('/cart', '/cart/7?a=b', '/basket', '/p/1'));
      expect(pathsOf(answers)).toEqual(['/basket', '/basket/7?a=b', undefined, '/page']);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, true]);
      expect(shapeOf(answers[3])?.authority).toBe('a.b');
    });

    it('has its own routes asked by the new path', async () => {
      const one = shop(plane);
      canary(one.cart, { weight: 0, match: [RequestMatch.pathPrefix('/beta'), RequestMatch.path('/')] });
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite: { path: PathRewrite.prefix('/') } });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(url('/cart/beta/1', '/cart/1', '/cart'));
      expect(answers.map(sharesOf)).toEqual([{ 'shop/cart-v2': 100 }, { 'shop/cart-v1': 100 }, { 'shop/cart-v2': 100 }]);
    });

    it('changes them once more by a route of its own', async () => {
      const one = shop(plane);
      shape(one.cart, { rewrite: { path: PathRewrite.prefix('/v2') } }, [RequestMatch.pathPrefix('/items')]);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite: { path: PathRewrite.prefix('/') } });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(url('/cart/items/1', '/cart/1'));
      const last = answers.map(({ legs }) => legs.flatMap((leg) => leg.shape?.path ?? []).at(-1));
      expect(last).toEqual(['/v2/1', '/1']);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
    });

    it('redirects to paths that its clients have, and answers by its gateway', async () => {
      const one = shop(plane);
      canary(one.cart, { weight: 0, match: [RequestMatch.pathPrefix('/basket/kept')] });
      shape(one.cart, { redirect: { path: PathRewrite.prefix('/items') } }, [RequestMatch.pathPrefix('/basket')]);
      shape(one.cart, { redirect: { host: 'www.example.com', path: PathRewrite.prefix('/help') } }, [RequestMatch.path('/faq')]);
      const gateway = edgeGateway(one.chart, plane.dataPlane);
      gateway.expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart', rewrite: { path: PathRewrite.prefix('/') } });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(url('/cart/basket', '/cart/basket/7?a=b', '/cart/baskets', '/cart/faq'));
      expect(answers.map((answer) => shapeOf(answer)?.location)).toEqual([
        `${HOST}/cart/items`,
        `${HOST}/cart/items/7?a=b`,
        undefined,
        'https://www.example.com/help',
      ]);
      expect(answers.map(({ legs }) => legs.length)).toEqual([1, 1, plane.of({ sidecar: 1, ambient: 2 }), 1]);
    });

    it('follows its own rewrite below what is exposed, in the same words', async () => {
      const one = shaped(plane, { rewrite: { path: PathRewrite.prefix('/') } }, BELOW_CART);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com', pathPrefix: '/cart/public' });
      const mesh = await judged(one.chart);
      const answers = await mesh.answers(url('/cart/public/1', '/cart/private/1'));
      expect(pathsOf(answers)).toEqual(['/public/1', undefined]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });
});

describe('a port that speaks gRPC beside one that speaks HTTP', () => {
  forEachPlane((plane) => {
    it('is shaped as well', async () => {
      const one = shop(plane, { ports: [MeshPort.http(8080), MeshPort.grpc(9090)], requestHeaders: { set: { 'x-team': 'cart' } } });
      one.product.calls(one.cart);
      const answers = await answersOf(one, { port: 8080 }, { port: 9090 });
      expect(answers.map((answer) => shapeOf(answer)?.requestHeaders)).toEqual([['set x-team: cart'], ['set x-team: cart']]);
    });
  });
});
