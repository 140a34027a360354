import {
  HttpAccess,
  IngressGateway,
  type IngressGatewayProps,
  IpBlocks,
  IstioGatewayPods,
  MeshNamespace,
  MeshReport,
} from 'istio-constructs';
import { manifest, newChart, spec } from '../../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const OFFICE = IpBlocks.ofClients('203.0.113.0/24');

function edge({ dataPlane }: PlaneUnderTest, props: Partial<IngressGatewayProps> = {}) {
  const chart = newChart();
  const namespace = new MeshNamespace(chart, 'edge', { dataPlane });
  return { chart, gateway: new IngressGateway(namespace, 'gateway', { tlsSecret: 'cert', ...props }) };
}

describe('clients of a gateway', () => {
  forEachPlane((plane) => {
    it('are refused by a policy at the gateway, whatever they speak, but for those who may come', () => {
      const { chart, gateway } = edge(plane);
      gateway.allowOnly(OFFICE);
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-clients', 'edge')).toEqual({
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
        action: 'DENY',
        rules: [{ from: [{ source: { notRemoteIpBlocks: ['203.0.113.0/24'] } }] }],
      });
    });

    it('are refused for some hosts and paths, with all ways of writing them', () => {
      const { chart, gateway } = edge(plane);
      gateway.denyClients(IpBlocks.ofPeers('198.51.100.7'), { hosts: ['a.example.com'], http: [HttpAccess.post()] });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-clients').rules).toEqual([
        {
          from: [{ source: { ipBlocks: ['198.51.100.7/32'] } }],
          to: [{ operation: { hosts: ['a.example.com', 'a.example.com:*'], methods: ['POST'], ports: ['443'] } }],
        },
      ]);
    });

    it('may all come who are on a list of the same requests, said in one word or in several', () => {
      const { chart, gateway } = edge(plane);
      gateway.allowOnly(IpBlocks.ofClients('203.0.113.0/24'), { hosts: ['a.example.com'] });
      gateway.allowOnly(IpBlocks.ofClients('192.0.2.0/24'), { hosts: ['a.example.com'] });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-clients').rules).toMatchObject([
        { from: [{ source: { notRemoteIpBlocks: ['192.0.2.0/24', '203.0.113.0/24'] } }] },
      ]);
    });

    it('are found in what proxies before the gateway note, as its pods are told', () => {
      const { chart } = edge(plane, { trustedProxies: 2 });
      expect(manifest(chart, 'Gateway', 'gateway').spec).toMatchObject({
        infrastructure: { annotations: { 'proxy.istio.io/config': '{"gatewayTopology":{"numTrustedProxies":2}}' } },
      });
    });

    it('are refused at pods of others by their labels, of which trustedProxies tells what they were installed with', () => {
      const istioPods = IstioGatewayPods.of({ podLabels: { istio: 'door' }, serviceAccountName: 'door' });
      const { chart, gateway } = edge(plane, { istioPods, trustedProxies: 1 });
      gateway.denyClients(OFFICE);
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-clients')).toMatchObject({ selector: { matchLabels: { istio: 'door' } } });
      expect(MeshReport.of(chart).findings).toEqual([]);
    });

    it('are in the page of access', () => {
      const { chart, gateway } = edge(plane);
      gateway.allowOnly(OFFICE);
      gateway.denyClients(IpBlocks.ofClients('198.51.100.7'), { hosts: ['a.example.com'] });
      const page = MeshReport.of(chart).accessPage();
      expect(page).toContain('| edge/gateway | refuses clients from elsewhere than 203.0.113.0/24 | all | all |');
      expect(page).toContain('| edge/gateway | refuses clients at 198.51.100.7/32 | a.example.com | all |');
    });

    it('fail where proxies before the gateway are said twice', () => {
      const pods = { annotations: { 'proxy.istio.io/config': '{}' } };
      expectRefusal(() => edge(plane, { trustedProxies: 1, pods }), {
        code: 'MESH849',
        path: 'IngressGateway',
        fix: 'leave trustedProxies out',
      });
    });
  });
});
