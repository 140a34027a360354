import { GatewayCertificate, GatewayListener } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const certificate = GatewayCertificate.secret('cert');

describe('GatewayListener', () => {
  it('is called after what it does, and after its port where that is another one', () => {
    const names = [
      GatewayListener.https({ certificate }),
      GatewayListener.https({ certificate, port: 8443 }),
      GatewayListener.mutualTls({ certificate }),
      GatewayListener.tls({ certificate, name: 'brokers' }),
      GatewayListener.http(),
      GatewayListener.redirectToHttps({ port: 8080 }),
      GatewayListener.tcp(5432),
    ].map(({ _facts }) => _facts.name);
    expect(names).toEqual(['https', 'https-8443', 'mutual', 'brokers', 'http', 'http-8080', 'tcp-5432']);
  });

  it('asks clients for certificates, or offers them to show one', () => {
    const clients = [{}, { isOptional: true }].map((more) => GatewayListener.mutualTls({ certificate, ...more })._facts.clients);
    expect(clients).toEqual(['required', 'optional']);
  });

  it('fails for a host that no listener is for', () => {
    const hosts = ['https://shop.example.com'];
    const refusal = { code: 'MESH027', path: 'GatewayListener', got: hosts[0], fix: 'shop.example.com' } as const;
    expectRefusal(() => GatewayListener.tlsPassthrough({ hosts }), refusal);
  });
});
