import { App } from 'cdk8s';
import { Databases } from '../../../apps/databases/databases';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { letsOut } from '../network-layer';
import { expectOnly } from '../who-calls-whom';

const IN_THE_MESH = [
  { from: 'shop/catalog', to: 'data/catalog-db', port: 3306 },
  { from: 'shop/cart', to: 'data/carts', port: 6379 },
  { from: 'data/carts', to: 'data/carts' },
  { from: 'shop/reviews', to: 'data/reviews-db', port: 27017 },
  { from: 'shop/shipping', to: 'data/kafka', port: 9092 },
  { from: 'shop/statistics', to: 'data/kafka', port: 9092 },
  { from: 'data/kafka', to: 'data/kafka' },
];

describe('the databases', () => {
  forEachPlane((plane) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Databases(new App(), 'databases', plane));
    });

    it('in the mesh are reached by their callers, and by nobody else', async () => {
      await expectOnly(mesh, IN_THE_MESH);
    });

    it('outside are reached at their private addresses, as bytes or by the server name of TLS', async () => {
      const orders = { workload: 'shop/orders-v1' };
      const answers = await mesh.answers([
        { from: orders, to: { address: '10.20.0.7', port: 5432 } },
        { from: orders, to: { host: 'archive-00.mongodb.example.com', port: 27017 } },
        { from: orders, to: { host: 'sessions.redis.example.com', port: 6380 } },
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true]);
      const isOut = (workload: string, address: string, port: number): boolean => letsOut(mesh, `shop/${workload}-v1`, address, port);
      expect(['orders', 'cart'].map((name) => isOut(name, '10.20.0.7', 5432))).toEqual([true, false]);
      expect([isOut('orders', '10.21.0.7', 27017), isOut('orders', '10.21.0.7', 5432)]).toEqual([true, false]);
      expect(isOut('orders', '203.0.113.10', 5432)).toBe(false);
    });

    it('have brokers and pods that are called by their own names and addresses', async () => {
      const ask = (from: string, host: string, port: number) => ({
        from: { workload: from },
        to: { host: `${host}.data.svc.cluster.local`, port },
      });
      const answers = await mesh.answers([
        ask('shop/shipping-v1', 'kafka-2.kafka-peers', 9092),
        ask('shop/cart-v1', 'carts-3.carts-peers', 6379),
        ask('shop/shipping-v1', 'carts-3.carts-peers', 6379),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false]);
    });

    it('without the mesh are let to by the network layer alone', async () => {
      const to = { host: 'accounts-rw.postgres.svc.cluster.local', port: 5432 };
      const answers = await mesh.answers(['shop/accounts-v1', 'shop/cart-v1'].map((workload) => ({ from: { workload }, to })));
      const others = plane.of({ sidecar: false, ambient: true });
      expect(answers.map(({ allowed }) => allowed)).toEqual([expect.any(Boolean), others]);
    });
  });
});
