import { DataPlane, ExternalAuthorizer, GatewayListener, IngressGateway, MeshedService, MeshNamespace, MeshPort } from 'istio-constructs';
import { findingCodes, newChart } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

function askingGateway({ dataPlane }: PlaneUnderTest, port?: number): IngressGateway {
  const edge = new MeshNamespace(newChart(), 'edge', { dataPlane });
  const login = new MeshedService(edge, 'login', { image: 'login:1', ports: [MeshPort.http(4180)] });
  const listeners = [GatewayListener.tlsPassthrough({ hosts: ['bank.example.com'], port })];
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners });
  gateway.askFirst(ExternalAuthorizer.of('login', { service: login }), { hosts: ['shop.example.com'] });
  return gateway;
}

describe('MESH261', () => {
  forEachPlane((plane) => {
    it('tells of a port that bytes share with the requests that somebody is asked about', () => {
      expect(findingCodes(askingGateway(plane))).toContain('MESH261');
    });

    it('is silent where bytes have a port of their own', () => {
      expect(findingCodes(askingGateway(plane, 8443))).not.toContain('MESH261');
    });
  });

  it('knows listeners that the gateway lends to others after it was said', () => {
    const chart = newChart();
    const edge = new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
    const bank = new MeshNamespace(chart, 'bank', { dataPlane: DataPlane.sidecar() });
    const login = new MeshedService(edge, 'login', { image: 'login:1', ports: [MeshPort.http(4180)] });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
    gateway.askFirst(ExternalAuthorizer.of('login', { service: login }));
    expect(findingCodes(gateway)).not.toContain('MESH261');
    gateway.delegateHosts(bank, { listeners: [GatewayListener.tlsPassthrough({ hosts: ['bank.example.com'] })] });
    expect(findingCodes(gateway)).toContain('MESH261');
  });
});
