import { DataPlane, ExternalPort, ExternalService, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service, spec } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const tlsOf = (port: ExternalPort): unknown => {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
  service(shop, 'cart').calls(new ExternalService(shop, 'rates', { host: 'rates.example.com', port }));
  return spec(chart, 'DestinationRule', 'rates').trafficPolicy;
};

describe('TLS that a proxy begins', () => {
  it('asks for the host and checks that its certificate carries it, by the authorities of the proxy’s image', () => {
    const tls = { mode: 'SIMPLE', sni: 'rates.example.com', subjectAltNames: ['rates.example.com'], caCertificates: 'system' };
    expect(tlsOf(ExternalPort.tlsOrigination())).toEqual({ portLevelSettings: [{ port: { number: 80 }, tls }] });
  });

  it('shows a certificate, and believes other authorities, from files', () => {
    const files = { clientCertificate: '/tls/a.crt', privateKey: '/tls/a.key', caCertificates: '/tls/ca.crt' };
    expect(tlsOf(ExternalPort.tlsOrigination({ port: 8080, sni: 'eu.example.com', ...files }))).toEqual({
      portLevelSettings: [
        { port: { number: 8080 }, tls: { mode: 'MUTUAL', sni: 'eu.example.com', subjectAltNames: ['eu.example.com'], ...files } },
      ],
    });
  });

  it('fails with certificates in two places', () => {
    const act = () => ExternalPort.tlsOrigination({ credentialName: 'tls', caCertificates: '/tls/ca.crt' });
    expectRefusal(act, { code: 'MESH815', path: 'ExternalPort', fix: 'into the Secret', got: 'credentialName and caCertificates' });
  });

  it.each([
    { options: { clientCertificate: '/tls/a.crt' }, got: 'clientCertificate alone' },
    { options: { privateKey: '/tls/a.key' }, got: 'privateKey alone' },
  ])('fails with $got', ({ options, got }) => {
    expectRefusal(() => ExternalPort.tlsOrigination(options), { code: 'MESH786', path: 'ExternalPort', fix: 'both', got });
  });
});
