import { gatewayComponents } from '../../../lib/render/installation/gateway-components';
import { clusterFacts, factsOf } from './facts';

describe('gateways of istioctl', () => {
  it('are for what comes in, also from other clusters, and for what goes out', () => {
    const { mesh } = factsOf();
    const gateways = (['ingress', 'east-west', 'egress'] as const).map((way) => ({ name: way, way, pods: {} }));
    expect(gatewayComponents(factsOf({ gateways, mesh: { ...mesh, cluster: clusterFacts('east', 'near') } }))).toMatchObject({
      ingressGateways: [{ name: 'ingress' }, { name: 'east-west', label: { 'topology.istio.io/network': 'near' } }],
      egressGateways: [{ name: 'egress' }],
    });
  });
});
