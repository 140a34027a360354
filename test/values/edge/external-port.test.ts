import { ExternalPort, ExternalService } from 'istio-constructs';
import { newChart, spec } from '../../builders';
import { expectRefusal } from '../../support/refusal';

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

  it.each([
    ['tls(6380)', ExternalPort.tls(6380), { number: 6380, name: 'tls-6380', protocol: 'TLS' }],
    ['http()', ExternalPort.http(), { number: 80, name: 'http', protocol: 'HTTP' }],
    ['http(8080)', ExternalPort.http(8080), { number: 8080, name: 'http-8080', protocol: 'HTTP' }],
    ['tcp(9092)', ExternalPort.tcp(9092), { number: 9092, name: 'tcp-9092', protocol: 'TCP' }],
    ['postgres()', ExternalPort.postgres(), { number: 5432, name: 'tcp-5432', protocol: 'TCP' }],
    ['mysql()', ExternalPort.mysql(), { number: 3306, name: 'tcp-3306', protocol: 'TCP' }],
    ['mongo()', ExternalPort.mongo(), { number: 27017, name: 'tcp-27017', protocol: 'TCP' }],
    ['redis()', ExternalPort.redis(), { number: 6379, name: 'tcp-6379', protocol: 'TCP' }],
    ['tlsOrigination()', ExternalPort.tlsOrigination(), { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 }],
  ])('speaks what it says: %s', (_, port, expected) => {
    const chart = newChart();
    new ExternalService(chart, 'host', { host: 'api.example.com', port });
    expect(spec(chart, 'ServiceEntry', 'host').ports).toEqual([expected]);
  });

  it.each([
    [5432, 'postgres()'],
    [3306, 'mysql()'],
    [587, 'tcp(587)'],
  ])('fails for HTTPS on port %d, where TLS begins later', (port, fix) => {
    expectRefusal(() => ExternalPort.https(port), { code: 'MESH785', path: 'ExternalPort', fix, got: `https(${port})` });
    expect(ExternalPort.tls(port).number).toBe(port);
  });
});
