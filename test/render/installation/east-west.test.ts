import type { InstalledGatewayFacts } from '../../../lib/model/installation/installation';
import { eastWestComponent, eastWestValues } from '../../../lib/render/installation/east-west';
import { clusterFacts, factsOf } from './facts';

const { mesh } = factsOf();
const near = factsOf({ mesh: { ...mesh, cluster: clusterFacts('east', 'near') } });
const gateway = (name: string, way: InstalledGatewayFacts['way'] = 'east-west'): InstalledGatewayFacts => ({ name, way, pods: {} });

describe('a gateway between clusters', () => {
  it('is the one of the network of its cluster', () => {
    expect(eastWestValues(near, gateway('istio-eastwestgateway'))).toEqual({ networkGateway: 'near' });
    expect(eastWestValues(near, gateway('between'))).toEqual({ networkGateway: 'near', labels: { istio: 'eastwestgateway' } });
    expect(eastWestComponent(near, gateway('between'))).toMatchObject({
      label: { app: 'between', istio: 'eastwestgateway', 'topology.istio.io/network': 'near' },
      k8s: { env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'near' }] },
    });
  });

  it('has its ports in a mesh without networks too', () => {
    const ports = [15021, 15443, 15012, 15017].map((port) => expect.objectContaining({ port, targetPort: port }));
    expect(eastWestValues(factsOf(), gateway('between'))).toEqual({ labels: { istio: 'eastwestgateway' }, service: { ports } });
    expect(eastWestComponent(factsOf(), gateway('between')).k8s).toEqual({ service: { ports } });
  });

  it('says nothing of another one', () => {
    expect([eastWestValues(near, gateway('front', 'ingress')), eastWestComponent(near, gateway('out', 'egress'))]).toEqual([{}, {}]);
  });
});
