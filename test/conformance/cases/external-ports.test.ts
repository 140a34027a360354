import { App, Chart } from 'cdk8s';
import { ExternalNetwork, ExternalPort, ExternalService, HttpAccess, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { letsOut } from '../network-layer';
import { call } from '../requests';

const PUBLIC = '203.0.113.10';

describe('a database outside the cluster', () => {
  forEachEnforcer((plane) => {
    // PostgreSQL asks for TLS in plain text: as a TLS port it would wait for a server name that never comes.
    it('is reached as bytes, on a private address that is said', async () => {
      const { chart, payments, payment, cart } = shop(plane);
      const addresses = ['10.20.0.0/24'];
      const db = new ExternalService(payments, 'pg', { host: 'pg.example.com', port: ExternalPort.postgres(), addresses });
      payment.calls(db);
      const mesh = await judged(chart);
      const at = { from: { workload: 'payments/payment-v1' }, to: { address: '10.20.0.7', port: 5432 } };
      const [byName, byAddress, byOther] = await mesh.answers([
        call(payment, db, { port: 5432 }),
        at,
        { ...at, from: { workload: `shop/cart-${cart.version}` } },
      ]);
      expect(byName.allowed).toBe(plane.of({ sidecar: false, ztunnel: true, waypoint: true })); // the name resolves elsewhere here
      expect(byAddress.allowed).toBe(true);
      expect(byOther.allowed).toBe(plane.of({ sidecar: false, ztunnel: true, waypoint: true }));
      const isStraight = plane.of({ sidecar: true, ztunnel: true, waypoint: false });
      expect(letsOut(mesh, 'payments/payment-v1', '10.20.0.7', 5432)).toBe(isStraight);
      expect(letsOut(mesh, 'payments/payment-v1', '10.20.1.7', 5432)).toBe(false);
      expect(letsOut(mesh, 'payments/payment-v1', PUBLIC, 5432)).toBe(false);
      expect(letsOut(mesh, `shop/cart-v1`, '10.20.0.7', 5432)).toBe(false);
      expect(findingCodes(chart)).not.toContain('MESH209');
    });

    it('is one of two on a port, told apart by their addresses', async () => {
      const { chart, payments, payment } = shop(plane);
      const at = (id: string, address: string) =>
        new ExternalService(payments, id, { host: `${id}.example.com`, port: ExternalPort.mysql(), addresses: [address] });
      const [orders, bills] = [at('orders', '10.20.0.7'), at('bills', '10.20.0.8')];
      payment.calls(orders);
      payment.calls(bills);
      const mesh = await judged(chart);
      const dialled = ['10.20.0.7', '10.20.0.8'].map((address) => ({
        from: { workload: 'payments/payment-v1' },
        to: { address, port: 3306 },
      }));
      const answers = await mesh.answers(dialled);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      if (plane.name === 'sidecar') {
        expect(answers.map(({ ways }) => ways[0].host)).toEqual(['orders.example.com', 'bills.example.com']);
      }
    });
  });
});

describe('a network outside', () => {
  forEachEnforcer((plane) => {
    it('is reached by its callers at its addresses alone', async () => {
      const { chart, payments, payment } = shop(plane);
      const metadata = new ExternalNetwork(payments, 'metadata', { addresses: ['169.254.169.254'], ports: [ExternalPort.http()] });
      payment.calls(metadata);
      const mesh = await judged(chart);
      const dialled = ['169.254.169.254', '169.254.169.253'].map((address) => ({
        from: { workload: 'payments/payment-v1' },
        to: { address, port: 80 },
      }));
      const answers = await mesh.answers(dialled);
      const elsewhere = plane.of({ sidecar: false, ztunnel: true, waypoint: true });
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, elsewhere]);
      expect(letsOut(mesh, 'payments/payment-v1', '169.254.169.254', 80)).toBe(true);
      expect(letsOut(mesh, 'payments/payment-v1', '169.254.169.253', 80)).toBe(false);
      expect(letsOut(mesh, 'shop/cart-v1', '169.254.169.254', 80)).toBe(false);
    });
  });
});

describe('plain HTTP to a host outside', () => {
  forEachEnforcer((plane) => {
    it('is read where a proxy stands before the host', async () => {
      const { chart, payments, payment, cart } = shop(plane);
      const api = new ExternalService(payments, 'api', { host: 'api.example.com', port: ExternalPort.http() });
      payment.calls(api);
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(payment, api, { port: 80, path: '/' }), call(cart, api, { port: 80, path: '/' })]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, plane.of({ sidecar: false, ztunnel: true, waypoint: false })]);
    });

    it('is limited to paths by a waypoint, and elsewhere that is an error', async () => {
      const { chart, payments, payment } = shop(plane);
      const api = new ExternalService(payments, 'api', { host: 'api.example.com', port: ExternalPort.http() });
      payment.calls(api, { http: [HttpAccess.get('/v1/*')] });
      if (plane.name !== 'waypoint')
        return expect(findingCodes(chart)).toContain(plane.of({ sidecar: 'MESH201', ztunnel: 'MESH102', waypoint: '' }));
      const mesh = await judged(chart);
      const answers = await mesh.answers(['/v1/a', '/v2/a'].map((path) => call(payment, api, { port: 80, path })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    });
  });
});

describe('a host that another program declares', () => {
  forEachEnforcer((plane) => {
    it('is reached where that program exports it and lets its callers in', async () => {
      const owner = shop(plane);
      const theirs = new ExternalService(owner.payments, 'cards', { host: 'api.example.com', port: ExternalPort.https() });
      owner.cart.calls(theirs);
      const caller = new Chart(new App(), 'caller');
      const front = new ZeroTrustNamespace(caller, 'front', { dataPlane: plane.dataPlane });
      const web = service(front, 'web');
      const known = ExternalService.fromAttributes(front, 'cards', {
        host: 'api.example.com',
        namespaceName: 'payments',
        ports: [ExternalPort.https()],
        waypoint: plane.of({ sidecar: undefined, ztunnel: undefined, waypoint: 'waypoint' }),
      });
      web.calls(known);
      const apart = await judged(owner.chart, caller);
      const expected = plane.of({ sidecar: false, ztunnel: true, waypoint: false });
      expect((await apart.answer(call(web, known, { port: 443 }))).allowed).toBe(expected);

      theirs.allowCaller(ServiceIdentity.of('front', 'web'));
      const together = await judged(owner.chart, caller);
      expect((await together.answer(call(web, known, { port: 443 }))).allowed).toBe(true);
    });
  });
});
