import { ApiObject, type Chart } from 'cdk8s';
import { type DataPlane, HttpAccess, Mesh, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import type { Request } from '../../../lib/verdict/requests/request';
import { decide } from '../../../lib/verdict/decide';
import { edgeGateway, findingCodes, newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { differencesAbout } from '../agreement';
import { judgedUnder } from '../judged';
import { meshFrom, meshOf } from '../mesh-under-test';
import { call, dial, enter, from } from '../requests';

const [OLD, NEW, FOREIGN] = ['cluster.local', 'mesh.example', 'elsewhere.example'];

interface Move {
  readonly chart: Chart;
  readonly settings: { readonly trustDomain: string; readonly trustDomainAliases: readonly string[] };
  readonly cart: MeshedService;
  readonly product: MeshedService;
  readonly ledger: MeshedService;
}

interface Place {
  readonly dataPlane: DataPlane;
  /** Calls say which requests they are. */
  readonly byPath?: boolean;
}

/** A closed shop in a mesh that is at home in a trust domain, and was or will be in others. */
function shopIn({ dataPlane, byPath = true }: Place, trustDomain: string, ...trustDomainAliases: string[]): Move {
  const chart = newChart();
  const mesh = new Mesh(chart, 'mesh', { trustDomain, trustDomainAliases });
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [cart, product] = ['cart', 'product'].map((id) => service(shop, id));
  const ledger = new MeshedService(shop, 'ledger', { image: 'registry.example.com/ledger:1', ports: [MeshPort.tcp(5432)] });
  cart.calls(product, byPath ? { http: [HttpAccess.get('/a')] } : {});
  cart.calls(ledger);
  return { chart, settings: { trustDomain, trustDomainAliases: mesh.trustDomainAliases }, cart, product, ledger };
}

/** The cart under the name that it has in a trust domain, wherever its pods are by now. */
const cartOf = (trustDomain: string, proxy: 'sidecar' | 'ztunnel'): Request['from'] => ({
  identity: { namespace: 'shop', serviceAccount: 'cart', proxy, trustDomain },
});

describe('a mesh on its way from one trust domain to another', () => {
  forEachEnforcer((plane) => {
    const place = { dataPlane: plane.dataPlane, byPath: plane.of({ sidecar: true, ztunnel: false, waypoint: true }) };
    const proxy = plane.of<'sidecar' | 'ztunnel'>({ sidecar: 'sidecar', ztunnel: 'ztunnel', waypoint: 'ztunnel' });
    const asked = async ({ chart, settings, product, ledger }: Move): Promise<readonly (readonly boolean[])[]> => {
      const mesh = await judgedUnder(settings, chart);
      const doors = (caller: Request['from']): Request[] => [from(caller, product, { path: '/a' }), from(caller, ledger, { port: 5432 })];
      const answers = await mesh.answers([NEW, OLD, FOREIGN].flatMap((domain) => doors(cartOf(domain, proxy))));
      expect(await differencesAbout(mesh)).toEqual([]);
      return [0, 2, 4].map((at) => answers.slice(at, at + 2).map(({ allowed }) => allowed));
    };
    const [ALL, NONE] = [
      [true, true],
      [false, false],
    ];

    it('knows its callers by the old name and the new one, and nobody of another', async () => {
      expect(await asked(shopIn(place, NEW, OLD))).toEqual([ALL, ALL, NONE]);
    });

    it('knows them by both before istiod says the new name, too', async () => {
      expect(await asked(shopIn(place, OLD, NEW))).toEqual([ALL, ALL, NONE]);
    });

    it('knows none of the old name once the alias is gone', async () => {
      expect(await asked(shopIn(place, NEW))).toEqual([ALL, NONE, NONE]);
    });

    it('lets nobody dial pods that only a waypoint may reach, under either name', async () => {
      const { chart, settings, cart, product } = shopIn(place, NEW, OLD);
      const mesh = await judgedUnder(settings, chart);
      expect(await mesh.answer(call(cart, product, { path: '/a' }))).toMatchObject({ allowed: true });
      const answers = await mesh.answers([NEW, OLD].map((domain) => dial(cartOf(domain, 'ztunnel'), product, { path: '/a' })));
      const isReached = plane.of<boolean>({ sidecar: true, ztunnel: true, waypoint: false });
      expect(answers.map(({ allowed }) => allowed)).toEqual([isReached, isReached]);
    });
  });

  forEachPlane((plane) => {
    it('is entered through its gateways on the way', async () => {
      const { chart, settings, product } = shopIn(plane, NEW, OLD);
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com', pathPrefix: '/a' });
      const mesh = await judgedUnder(settings, chart);
      expect(await mesh.answer(enter('https://shop.example.com/a'))).toMatchObject({ allowed: true });
    });
  });
});

describe('a policy by hand that names a caller under one trust domain', () => {
  forEachEnforcer((plane) => {
    it('means nobody under another trust domain at ztunnel, and everybody under both names at sidecars and waypoints', async () => {
      const byPath = plane.of({ sidecar: true, ztunnel: false, waypoint: true });
      const { chart, settings, product } = shopIn({ dataPlane: plane.dataPlane, byPath }, NEW, OLD);
      const target = { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] };
      const place = plane.of<object>({ sidecar: {}, ztunnel: {}, waypoint: target });
      const byHand = {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'no-carts', namespace: 'shop' },
        spec: { ...place, action: 'DENY', rules: [{ from: [{ source: { principals: [`${NEW}/ns/shop/sa/cart`] } }] }] },
      };
      // Synth would stop with it: a call of the program is refused by hand.
      const mesh = meshFrom([...meshOf(chart).manifests, byHand], settings);
      new ApiObject(chart, 'by-hand', byHand);
      const isToldOf = plane.of<boolean>({ sidecar: false, ztunnel: true, waypoint: false });
      expect(findingCodes(chart).includes('MESH235')).toBe(isToldOf);
      const proxy = plane.of<'sidecar' | 'ztunnel'>({ sidecar: 'sidecar', ztunnel: 'ztunnel', waypoint: 'ztunnel' });
      const requests = [NEW, OLD].map((domain) => from(cartOf(domain, proxy), product, { path: '/a' }));
      expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual([false, isToldOf]);
      expect(requests.map((request) => decide(mesh.cluster, request).allowed)).toEqual([false, isToldOf]);
    });
  });
});
