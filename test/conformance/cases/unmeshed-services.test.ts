import { type DataPlane, MeshNamespace, MeshPort, UnmeshedService } from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { call } from '../requests';
import { database } from '../raw-objects';

const PORT = { port: 5432 };
const DB = 'databases/orders-db';

/** The shop, whose payment keeps its orders in a database outside the mesh. */
function storingShop(plane: { readonly dataPlane: DataPlane }, podLabels?: { app: string }) {
  const one = shop(plane);
  const ports = [MeshPort.tcp(5432, { targetPort: 15432 })];
  const db = new UnmeshedService(one.payments, 'orders-db', { host: database(one.chart), ports, podLabels });
  one.payment.calls(db);
  return { ...one, db };
}

describe('an UnmeshedService', () => {
  forEachEnforcer((plane) => {
    it('is reached by who calls it, in plaintext', async () => {
      const { chart, payment, db } = storingShop(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(payment, db, PORT));
      expect(answer).toMatchObject({ allowed: true, ways: [{ workload: DB, hops: [{ at: `pod ${DB}`, transport: 'plaintext' }] }] });
    });

    it('is reached alike when its pods are known', async () => {
      const { chart, payment, db } = storingShop(plane, { app: 'orders-db' });
      const mesh = await judged(chart);
      expect(await mesh.answer(call(payment, db, PORT))).toMatchObject({ allowed: true, ways: [{ workload: DB }] });
    });

    it('is unknown to sidecars that do not call it; elsewhere only the network layer is in the way', async () => {
      const { chart, cart, db } = storingShop(plane);
      const mesh = await judged(chart);
      const open = { allowed: true, layer: 'none' };
      const expected = plane.of<object>({ sidecar: { allowed: false, layer: 'scope' }, ztunnel: open, waypoint: open });
      expect(await mesh.answer(call(cart, db, PORT))).toMatchObject(expected);
    });

    it('is reached from an open namespace too', async () => {
      const { chart, db } = storingShop(plane);
      const web = service(new MeshNamespace(chart, 'front', { dataPlane: plane.dataPlane }), 'web');
      web.calls(db);
      const mesh = await judged(chart);
      expect(await mesh.answer(call(web, db, PORT))).toMatchObject({ allowed: true });
    });

    it('may not call back', async () => {
      const { chart, payment } = storingShop(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer({ from: { workload: DB }, to: { host: payment.host, port: 8080 } });
      expect(answer).toMatchObject({ allowed: false, layer: 'mtls' });
    });
  });
});
