import { ExternalNetwork, ExternalPort } from 'istio-constructs';
import { names, newChart, shop, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

describe('ExternalNetwork', () => {
  forEachPlane((plane) => {
    it('is opened to its callers, and known to the proxies that need it', () => {
      const { chart, payments, payment, cart } = shop(plane);
      const metadata = new ExternalNetwork(payments, 'metadata', { addresses: ['169.254.169.254'], ports: [ExternalPort.http()] });
      payment.calls(metadata);
      cart.calls(metadata);
      const to = [{ ipBlock: { cidr: '169.254.169.254/32' } }];
      expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([{ to, ports: tcp(80) }]);
      expect(names(chart, 'ServiceEntry')).toEqual(plane.of({ sidecar: ['payments/metadata'], ambient: [] }));
      if (plane.name === 'ambient') return;
      expect(spec(chart, 'ServiceEntry', 'metadata')).toEqual({
        hosts: ['metadata.payments.cidr.internal'],
        addresses: ['169.254.169.254/32'],
        exportTo: ['.', 'shop'],
        location: 'MESH_EXTERNAL',
        resolution: 'NONE',
        ports: [{ number: 80, name: 'tcp-80', protocol: 'TCP' }],
      });
      expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: ['payments/metadata.payments.cidr.internal'] }]);
    });

    it('opens ports of UDP, of which no proxy hears', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(new ExternalNetwork(payments, 'syslog', { addresses: ['10.40.0.0/24'], ports: [ExternalPort.udp(514)] }));
      const to = [{ ipBlock: { cidr: '10.40.0.0/24' } }];
      expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([{ to, ports: [{ protocol: 'UDP', port: 514 }] }]);
      expect(names(chart, 'ServiceEntry')).toEqual([]);
    });
  });

  const port = ExternalPort.tcp(5432);
  const addresses = ['10.0.0.0/8'];

  it.each([
    { props: { addresses: [], ports: [port] }, code: 'MESH788', fix: 'addresses: [', got: 'addresses: []' },
    { props: { addresses, ports: [] }, code: 'MESH788', fix: 'addresses: [', got: 'ports: []' },
    { props: { addresses: ['nowhere'], ports: [port] }, code: 'MESH031', fix: '10.0.0.1/32', got: 'nowhere' },
    { props: { addresses, ports: [ExternalPort.tlsOrigination()] }, code: 'MESH811', fix: 'by its name', got: 'tlsOrigination on port 80' },
    { props: { addresses, ports: [port, ExternalPort.postgres()] }, code: 'MESH052', fix: 'drop one', got: '5432' },
  ])('fails with $code, $got', ({ props, code, fix, got }) => {
    const chart = newChart();
    expectRefusal(() => new ExternalNetwork(chart, 'net', props), { code, path: 'test/net', fix, got });
  });
});
