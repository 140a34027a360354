import { GatewayListener, IngressGateway, IpBlocks, MeshNamespace } from 'istio-constructs';
import { findingCodes, newChart } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const CLIENTS = IpBlocks.ofClients('198.51.100.7');
const HOSTS = { hosts: ['shop.example.com'] };

function gatewayBeside({ dataPlane }: PlaneUnderTest, listener: GatewayListener): IngressGateway {
  const edge = new MeshNamespace(newChart(), 'edge', { dataPlane });
  return new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners: [listener], service: { keepsClientAddress: true } });
}

const passed = (port?: number): GatewayListener => GatewayListener.tlsPassthrough({ hosts: ['bank.example.com'], port });

describe('MESH265', () => {
  forEachPlane((plane) => {
    it('tells of a port that bytes share with the requests that are refused', () => {
      const gateway = gatewayBeside(plane, passed());
      gateway.denyClients(CLIENTS, HOSTS);
      expect(findingCodes(gateway)).toEqual(['MESH265']);
    });

    it('is silent where bytes have a port of their own, and where clients are refused everything', () => {
      const apart = gatewayBeside(plane, passed(8443));
      apart.denyClients(CLIENTS, HOSTS);
      const whole = gatewayBeside(plane, passed());
      whole.denyClients(CLIENTS);
      expect([apart, whole].map(findingCodes)).toEqual([[], []]);
    });
  });
});
