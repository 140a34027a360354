import { ExternalPort, ExternalService } from 'istio-constructs';
import { findingCodes, names, shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { letsOut } from '../network-layer';
import { call } from '../requests';

describe('TLS that a proxy begins', () => {
  forEachPlane((plane) => {
    it('is verified, by the sidecar of the caller or the waypoint of the host', async () => {
      const { chart, payments, payment, cart } = shop(plane);
      const rates = new ExternalService(payments, 'rates', { host: 'rates.example.com', port: ExternalPort.tlsOrigination() });
      payment.calls(rates);
      const mesh = await judged(chart);
      const [answer, stranger] = await mesh.answers([payment, cart].map((caller) => call(caller, rates, { port: 80, path: '/' })));
      expect(answer).toMatchObject({
        allowed: true,
        ways: [{ hops: expect.arrayContaining([expect.objectContaining({ transport: 'TLS' })]) }],
      });
      expect(stranger.allowed).toBe(false);
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['payments/waypoint'] }));
      const sender = plane.of({ sidecar: true, ambient: false });
      expect(letsOut(mesh, 'payments/payment-v1', '203.0.113.10', 443)).toBe(sender);
      expect(letsOut(mesh, 'payments/payment-v1', '203.0.113.10', 80)).toBe(false);
    });
  });
});

describe('a wildcard host', () => {
  forEachEnforcer((plane) => {
    it('is all names below it, by the server name of TLS', async () => {
      const { chart, payments, payment, cart } = shop(plane);
      const all = new ExternalService(payments, 'partners', { host: '*.partners.example.com', port: ExternalPort.https() });
      payment.calls(all);
      const mesh = await judged(chart);
      const ask = (caller: typeof cart, host: string) => call(caller, { host }, { port: 443 });
      const answers = await mesh.answers([
        ask(payment, 'eu.partners.example.com'),
        ask(payment, 'partners.example.org'),
        ask(cart, 'eu.partners.example.com'),
      ]);
      const elsewhere = plane.of({ sidecar: false, ztunnel: true, waypoint: true });
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, elsewhere, elsewhere]);
      expect(letsOut(mesh, 'payments/payment-v1', '203.0.113.10', 443)).toBe(true);
      expect(findingCodes(chart)).toContain('MESH209');
    });
  });
});
