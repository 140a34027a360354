import { GatewayListener, IngressGateway, IpBlocks, MeshNamespace } from 'istio-constructs';
import { findingCodes, newChart } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const CLIENTS = IpBlocks.ofClients('198.51.100.7');

function gatewayWith({ dataPlane }: PlaneUnderTest, props: object): IngressGateway {
  const edge = new MeshNamespace(newChart(), 'edge', { dataPlane });
  return new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners: [GatewayListener.redirectToHttps()], ...props });
}

describe('MESH264', () => {
  forEachPlane((plane) => {
    it.each([
      ['nobody says anything of them', {}, CLIENTS],
      ['no proxy before it is trusted', { trustedProxies: 0 }, CLIENTS],
      ['they are told by who connects, behind proxies', { trustedProxies: 1 }, IpBlocks.ofPeers('10.0.0.0/8')],
    ])('tells of addresses that the gateway may not see, where %s', (_, props, clients) => {
      const gateway = gatewayWith(plane, props);
      gateway.allowOnly(clients);
      expect(findingCodes(gateway)).toEqual(['MESH264']);
    });

    it.each([
      ['its Service keeps them', { service: { keepsClientAddress: true } }],
      ['proxies before it note them', { trustedProxies: 2 }],
    ])('is silent where %s', (_, props) => {
      const gateway = gatewayWith(plane, props);
      gateway.denyClients(CLIENTS);
      expect(findingCodes(gateway)).toEqual([]);
    });
  });
});
