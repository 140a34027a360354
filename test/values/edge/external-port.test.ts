import { ExternalPort, ExternalService } from 'istio-constructs';
import { newChart, spec } from '../../builders';

describe('ExternalPort', () => {
  it('is 443 unless said otherwise', () => {
    expect([ExternalPort.https().number, ExternalPort.https(8443).number]).toEqual([443, 8443]);
  });

  it('comes out as a port of TLS, under a name that no other port of the host has', () => {
    const chart = newChart();
    const [port, ...morePorts] = [ExternalPort.https(), ExternalPort.https(8443), ExternalPort.https(9443)];
    new ExternalService(chart, 'cards', { host: 'api.example.com', port, morePorts });
    expect(spec(chart, 'ServiceEntry', 'cards').ports).toEqual([
      { number: 443, name: 'tls', protocol: 'TLS' },
      { number: 8443, name: 'tls-8443', protocol: 'TLS' },
      { number: 9443, name: 'tls-9443', protocol: 'TLS' },
    ]);
  });

  it.each([0, -1, 65536, 443.5, NaN])('fails for port %d', (port) => {
    expect(() => ExternalPort.https(port)).toThrow(/^MESH002 at ExternalPort: .*from 1 to 65535\n {2}got: /);
  });
});
