import { ApiObject, Chart } from 'cdk8s';
import {
  DataPlane,
  Mesh,
  type MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  MTls,
  Waypoint,
  ZeroTrustNamespace,
  ZeroTrustStage,
} from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { differencesAbout } from '../agreement';
import { judged } from '../judged';
import { meshFrom, meshOf } from '../mesh-under-test';
import { call, dial, from, PLAINTEXT, STRANGERS } from '../requests';

const MIGRATING = MTls.migrating({ until: '2099-12-31', reason: 'the importer has no sidecar yet' });
const PORTS = [MeshPort.http(8080), MeshPort.http(8081, { suffix: 'admin' })];

describe('mutual TLS', () => {
  forEachEnforcer((plane) => {
    const { dataPlane } = plane;
    /** Which of these services take plaintext, by name and by the address of a pod, at a port. */
    const openTo = async (services: readonly MeshedService[], port = 8080): Promise<boolean[]> => {
      const mesh = await judged(Chart.of(services[0]));
      const asked = services.flatMap((one) => [from(PLAINTEXT, one, { port }), dial(PLAINTEXT, one, { port })]);
      const answers = (await mesh.answers(asked)).map(({ allowed }) => allowed);
      return services.map((_, at) => {
        expect(answers[2 * at]).toBe(answers[2 * at + 1]);
        return answers[2 * at];
      });
    };

    it('is the word of the nearest level: port, workload, namespace, mesh', async () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const strict = new MeshNamespace(chart, 'strict', { dataPlane });
      const migrating = new MeshNamespace(chart, 'migrating', { dataPlane, mtls: MIGRATING });
      const services = [
        service(strict, 'asmesh'),
        service(strict, 'open', { mtls: MIGRATING }),
        service(migrating, 'asnamespace'),
        service(migrating, 'closed', { mtls: MTls.STRICT }),
      ];
      expect(await openTo(services)).toEqual([false, true, true, false]);
    });

    it('is the word of one port, and of no other', async () => {
      const chart = newChart();
      const strict = new MeshNamespace(chart, 'strict', { dataPlane, mtls: MTls.STRICT });
      const migrating = new MeshNamespace(chart, 'migrating', { dataPlane, mtls: MIGRATING });
      const [open, closed] = [MIGRATING, MTls.STRICT].map((mtls) => [PORTS[0], MeshPort.http(8081, { suffix: 'admin', mtls })]);
      const services = [
        service(strict, 'open', { ports: open }),
        service(migrating, 'closed', { ports: closed }),
        service(strict, 'both', { ports: closed, mtls: MIGRATING }),
        service(migrating, 'other', { ports: open, mtls: MTls.STRICT }),
      ];
      expect(await openTo(services, 8080)).toEqual([false, true, true, false]);
      expect(await openTo(services, 8081)).toEqual([true, false, false, true]);
    });

    it('takes callers of the mesh at whichever level plaintext is taken, and keeps their identity', async () => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', { dataPlane, mtls: MIGRATING });
      const [cart, product] = [service(shop, 'cart'), service(shop, 'product', { ports: PORTS })];
      cart.calls(product);
      const mesh = await judged(chart);
      const strangers = Object.values(STRANGERS).map((caller) => from(caller, product));
      expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: true });
      for (const answer of await mesh.answers(strangers)) expect(answer).toMatchObject({ allowed: false });
      // Whoever shows no identity is none of the callers that a grant names.
      for (const answer of await mesh.answers([from(PLAINTEXT, product), dial(PLAINTEXT, product)])) {
        expect(answer).toMatchObject({ allowed: false, layer: 'authorization' });
      }
      expect(await mesh.answer(from(PLAINTEXT, cart))).toMatchObject({ allowed: true });
    });

    it.each([ZeroTrustStage.OBSERVE, ZeroTrustStage.ALLOW_KNOWN])('is that of the mesh on all other ports, at stage %s', async (stage) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane, stage });
      const ports = [PORTS[0], MeshPort.http(8081, { suffix: 'admin', mtls: MIGRATING })];
      const services = [service(shop, 'product', { ports }), service(shop, 'cart')];
      expect(await openTo(services)).toEqual([false, false]);
      expect(await openTo(services.slice(0, 1), 8081)).toEqual([true]);
    });

    // Without this namespace's word istiod would take the mesh's; with it ztunnel is told nothing at all.
    it('is lost at ztunnel where a namespace says that it says nothing, and a workload takes plaintext on a port', async () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const shop = new MeshNamespace(chart, 'shop', { dataPlane });
      const ports = [PORTS[0], MeshPort.http(8081, { suffix: 'admin', mtls: MIGRATING })];
      const product = service(shop, 'product', { ports });
      expect(await openTo([product])).toEqual([false]);
      const [apiVersion, kind, metadata] = ['security.istio.io/v1', 'PeerAuthentication', { name: 'default', namespace: 'shop' }];
      const unset = { apiVersion, kind, metadata, spec: { mtls: { mode: 'UNSET' } } };
      const mesh = meshFrom([...meshOf(chart).manifests, unset]);
      const isLost = plane.of<boolean>({ sidecar: false, ztunnel: true, waypoint: true });
      expect(await mesh.answer(dial(PLAINTEXT, product))).toMatchObject({ allowed: isLost });
      expect(await differencesAbout(mesh)).toEqual([]);
      new ApiObject(chart, 'unset', unset);
      expect(MeshReport.of(chart.node.root).findings.some(({ code }) => code === 'MESH260')).toBe(isLost);
    });

    it('opens nothing in a closed namespace by itself', async () => {
      const chart = newChart();
      const bank = new ZeroTrustNamespace(chart, 'bank', { dataPlane });
      const services = [service(bank, 'ledger', { mtls: MIGRATING }), service(bank, 'audit')];
      expect(await openTo(services)).toEqual([false, false]);
    });
  });

  it('is switched off for sidecars: every caller speaks plaintext there, by itself', async () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar(), mtls: MTls.STRICT });
    const cart = service(shop, 'cart');
    const product = service(shop, 'product', { mtls: MTls.disabled('a sniffer reads it') });
    const port = MeshPort.http(8081, { suffix: 'admin', mtls: MTls.disabled('a sniffer reads it') });
    const search = service(shop, 'search', { ports: [PORTS[0], port] });
    const mesh = await judged(chart);
    const transports = async (request: Parameters<typeof mesh.answer>[0]) =>
      (await mesh.answer(request)).ways.flatMap(({ allowed, hops }) => hops.map(({ transport }) => `${allowed} ${transport}`));
    expect(await transports(call(cart, product))).toEqual(['true plaintext']);
    expect(await transports(call(cart, search, { port: 8081 }))).toEqual(['true plaintext']);
    expect(await transports(call(cart, search))).not.toEqual(['true plaintext']);
    expect(await mesh.answer(dial(PLAINTEXT, search))).toMatchObject({ allowed: false, layer: 'mtls' });
  });

  it('is asked for by a waypoint whatever its namespace says: plaintext goes past it to the pods', async () => {
    const chart = newChart();
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });
    const shop = new MeshNamespace(chart, 'shop', { dataPlane, mtls: MIGRATING });
    const product = service(shop, 'product');
    const mesh = await judged(chart);
    const { allowed, legs } = await mesh.answer(from(PLAINTEXT, product));
    expect({ allowed, at: legs.map(({ at }) => at) }).toEqual({ allowed: true, at: [] });
    const member = await mesh.answer(from(STRANGERS.ambient, product));
    expect(member.legs.map(({ at }) => at)).toContain('waypoint shop/waypoint');
  });
});
