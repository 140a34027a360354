import { App } from 'cdk8s';
import { CanaryShop } from '../../../apps/canary/canary';
import { forEachPlane } from '../../for-each-plane';
import type { Answer } from '../answer';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, type Line, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SITE = 'https://shop.example.com';

/** What a pod of the shop sends to a service of it. */
const ask = (from: string, service: string, { port = 8080, ...line }: Line = {}) => ({
  from: { workload: `shop/${from}` },
  to: { host: `${service}.shop.svc.cluster.local`, port },
  ...line,
});
const header = (name: string, value: string): Line => ({ path: '/cart/1', headers: { [name]: value } });
const of = (service: string, shares: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(shares).map(([version, share]) => [`shop/${service}-${version}`, share]));

const [V1, V2, V3] = ['v1', 'v2', 'v3'].map((version) => of('cart', { [version]: 100 }));
const SPLIT = of('cart', { v1: 85, v2: 10, v3: 5 });

const setCookies = ({ manifests }: MeshUnderTest): string[] =>
  [...new Set(JSON.stringify(manifests).match(/cart-version=v\d; Path[^"]*/g))].sort();

describe('the canary app', () => {
  forEachPlane(({ dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new CanaryShop(new App(), 'canary', { dataPlane }));
    });

    /** What the web page sends to the cart, and what comes in for it. */
    const bothOf = async (lines: readonly Line[]): Promise<Answer[][]> => {
      const inside = lines.map((line) => ask('web-v1', 'cart', { path: '/cart/1', ...line }));
      const outside = lines.map((line) => enter(`${SITE}/cart/1`, { headers: line.headers }));
      const answers = await mesh.answers([...inside, ...outside]);
      return [answers.slice(0, lines.length), answers.slice(lines.length)];
    };

    it('shares the cart out between three versions, for the web page and from outside', async () => {
      const answers = await bothOf([{}]);
      expect(answers.map((side) => side.map(sharesOf))).toEqual([[SPLIT], [SPLIT]]);
    });

    it('shows testers the version that they ask for', async () => {
      const answers = await bothOf([header('x-version', 'v2'), header('x-version', 'v3'), header('x-version', 'v4')]);
      expect(answers.map((side) => side.map(sharesOf))).toEqual([
        [V2, V3, SPLIT],
        [V2, V3, SPLIT],
      ]);
    });

    it('brings customers back to the version that they met first', async () => {
      const cookies = ['v1', 'v2', 'v3', 'v4'].map((version) => header('cookie', `lang=en; cart-version=${version}`));
      const answers = await bothOf(cookies);
      expect(answers.map((side) => side.map(sharesOf))).toEqual([
        [V1, V2, V3, SPLIT],
        [V1, V2, V3, SPLIT],
      ]);
      expect(setCookies(mesh)).toEqual(['v1', 'v2', 'v3'].map((version) => `cart-version=${version}; Path=/; Max-Age=86400; HttpOnly`));
    });

    it('shares gRPC requests out one by one, and connections to the stock', async () => {
      const asked = { method: 'POST', path: '/prices.Prices/Get', port: 9090 };
      const answers = await mesh.answers([
        ask('cart-v1', 'prices', asked),
        ask('cart-v2', 'prices', asked),
        ask('cart-v1', 'prices', { ...asked, headers: { 'x-version': 'v2' } }),
        ask('cart-v1', 'stock', { port: 7000 }),
        ask('cart-v3', 'stock', { port: 7000 }),
      ]);
      const [prices, stock] = ['prices', 'stock'].map((service) => of(service, { v1: 80, v2: 20 }));
      expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => true));
      expect(answers.map(sharesOf)).toEqual([prices, prices, of('prices', { v2: 100 }), stock, stock]);
    });

    it('lets in the calls that it declares, of every version and to every version, and nobody else', async () => {
      const allowed = [
        { from: 'shop/web', to: 'shop/cart', only: ['GET /cart/1', 'POST /cart/1'] },
        { from: 'shop/cart', to: 'shop/prices' },
        { from: 'shop/cart', to: 'shop/stock' },
      ];
      await expectOnly(mesh, allowed);
      await expectOnly(withNetwork(mesh), allowed);
    });
  });
});
