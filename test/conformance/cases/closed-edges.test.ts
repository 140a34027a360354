import {
  EgressGateway,
  ExternalPort,
  ExternalService,
  HttpAccess,
  IngressGateway,
  Mesh,
  MeshNamespace,
  type MeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, from, STRANGERS } from '../requests';

/** A shop in an open namespace of a mesh that refuses what nothing allows. */
function closedMesh({ dataPlane }: Pick<PlaneUnderTest, 'dataPlane'>) {
  const chart = newChart();
  new Mesh(chart, 'mesh', { defaultDeny: true });
  const namespace = (name: string) => new MeshNamespace(chart, name, { dataPlane });
  const shop = namespace('shop');
  const [cart, product, search] = ['cart', 'product', 'search'].map((id) => service(shop, id));
  return { chart, namespace, cart, product, search };
}

const allowedOf = (answers: readonly { readonly allowed: boolean }[]): boolean[] => answers.map(({ allowed }) => allowed);

describe('what leads into and out of a mesh that refuses what nothing allows', () => {
  forEachPlane((plane) => {
    it('is a gateway for what it exposes, host by host and path by path, and for nothing else', async () => {
      const { chart, namespace, cart, product, search } = closedMesh(plane);
      const gateway = new IngressGateway(namespace('edge'), 'gateway', { tlsSecret: 'cert' });
      gateway.expose(product, { host: 'shop.example.com', pathPrefix: '/products' });
      gateway.expose(cart, { host: 'cart.example.com', pathPrefix: '/' });
      const mesh = await judged(chart);
      const urls = [
        'https://shop.example.com/products/1',
        'https://cart.example.com/',
        'https://shop.example.com/',
        'https://search.example.com/',
      ];
      expect(allowedOf(await mesh.answers(urls.map((url) => enter(url))))).toEqual([true, true, false, false]);
      // The gateway's own proxy goes nowhere else, and whoever is exposed is no door to the rest.
      const proxy = { gateway: 'edge/gateway' };
      expect(allowedOf(await mesh.answers([from(proxy, search), call(cart, product), call(product, cart)]))).toEqual([false, false, false]);
      expect(allowedOf(await mesh.answers(Object.values(STRANGERS).map((caller) => from(caller, product))))).toEqual([false, false]);
    });

    it.each([
      ['TLS of the application', ExternalPort.https(), 443],
      ['bytes', ExternalPort.postgres(), 5432],
      ['plain HTTP', ExternalPort.http(), 80],
      ['TLS that the gateway begins', ExternalPort.tlsOrigination(), 80],
    ])('is an egress gateway for who calls the host, and for nobody else: %s', async (_, port, number) => {
      const { chart, cart, product, search } = closedMesh(plane);
      const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane: plane.dataPlane });
      const through = new EgressGateway(egress, 'gateway');
      const host = (id: string) => new ExternalService(egress, id, { host: `${id}.example.com`, port, through });
      const [cards, rates] = [host('cards'), host('rates')];
      cart.calls(cards);
      product.calls(rates);
      const mesh = await judged(chart);
      const asked = (caller: MeshedService) => call(caller, cards, { port: number, path: '/' });
      const [mine, others, nobodys] = await mesh.answers([cart, product, search].map(asked));
      expect(mine).toMatchObject({ allowed: true });
      // Bytes name no host: those of a caller who knows another host on the port end there.
      expect(others.allowed && others.ways.some((way) => way.host === 'cards.example.com')).toBe(false);
      expect(nobodys.allowed).toBe(false);
    });

    it('is an egress gateway for the requests that are meant', async () => {
      const { chart, cart } = closedMesh(plane);
      const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane: plane.dataPlane });
      const through = new EgressGateway(egress, 'gateway');
      const rates = new ExternalService(egress, 'rates', { host: 'rates.example.com', port: ExternalPort.tlsOrigination(), through });
      cart.calls(rates, { http: [HttpAccess.get('/v1/*')] });
      const mesh = await judged(chart);
      const answers = await mesh.answers(['/v1/eur', '/admin'].map((path) => call(cart, rates, { port: 80, path })));
      expect(allowedOf(answers)).toEqual([true, false]);
    });
  });

  forEachEnforcer((plane) => {
    it('is a host outside for who calls it, and for others where nobody stands before it', async () => {
      const { chart, namespace, cart, product } = closedMesh(plane);
      const cards = new ExternalService(namespace('bank'), 'cards', { host: 'cards.example.com', port: ExternalPort.https() });
      cart.calls(cards);
      const mesh = await judged(chart);
      const answers = await mesh.answers([cart, product].map((caller) => call(caller, cards, { port: 443 })));
      // No policy is about what leaves a pod: that takes a waypoint, or in sidecar mode a closed namespace with its scopes.
      const isOpen = plane.of<boolean>({ sidecar: true, ztunnel: true, waypoint: false });
      expect(allowedOf(answers)).toEqual([true, isOpen]);
    });
  });
});
