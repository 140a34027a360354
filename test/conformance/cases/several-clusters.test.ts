import { App, Chart } from 'cdk8s';
import {
  DataPlane,
  EastWestGateway,
  LoadBalancing,
  LocalityRouting,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshPort,
  ServiceScope,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { engine } from '../engine';
import { meshOf } from '../mesh-under-test';
import type { EndpointOfMesh } from '../several';

const GATEWAYS = { east: '203.0.113.10', west: '203.0.113.20' };

type Name = keyof typeof GATEWAYS;

/** Networks of both clusters; absent where all pods reach each other. */
type Networks = Partial<Readonly<Record<Name, string>>>;

/** The program of both clusters: one App for each, which says of itself who it is. */
function clusterOf(name: Name, networks: Networks, isNearestFirst = false) {
  const dataPlane = DataPlane.sidecar();
  const of = (one: Name) => MeshCluster.of(one, { network: networks[one], podCidrs: ['10.244.0.0/16'], gatewayAddresses: [GATEWAYS[one]] });
  const app = new App();
  const chart = new Chart(app, name);
  new Mesh(chart, 'mesh', { meshId: 'acme', cluster: of(name), otherClusters: [of(name === 'east' ? 'west' : 'east')] });
  if (networks[name]) new EastWestGateway(chart, 'east-west', { dataPlane });
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const service = (id: string) => {
    const image = `registry.example.com/${id}:1.0.0`;
    return new MeshedService(shop, id, {
      image,
      ports: [MeshPort.http(8080)],
      replicas: 2,
      serviceScope: ServiceScope.GLOBAL,
      ...(isNearestFirst && {
        circuitBreaker: { consecutiveServerErrors: 5 },
        loadBalancing: LoadBalancing.leastRequest({ locality: LocalityRouting.failoverByLabels('topology.istio.io/cluster') }),
      }),
    });
  };
  const [cart, product] = [service('cart'), service('product')];
  cart.calls(product);
  return { app, cart, product };
}

/** The Service of the pods that the installation brings, at the address that its cloud gives it. */
const gatewayService = (name: Name, network: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'istio-eastwestgateway', namespace: 'istio-system', labels: { 'topology.istio.io/network': network } },
  spec: {
    type: 'LoadBalancer',
    selector: { istio: 'eastwestgateway' },
    ports: [{ name: 'tls', port: 15443 }],
    externalIPs: [GATEWAYS[name]],
  },
});

/** Where the sidecar of `cart` in a cluster sends what goes to `product`. */
async function endpointsIn(cluster: Name, networks: Networks, isNearestFirst = false): Promise<readonly EndpointOfMesh[]> {
  const clusters = (['east', 'west'] as const).map((name) => {
    const network = networks[name];
    const { manifests } = meshOf(clusterOf(name, networks, isNearestFirst).app);
    return { name, network, manifests: [...manifests, ...(network ? [gatewayService(name, network)] : [])] };
  });
  const { product } = clusterOf(cluster, networks);
  return engine().endpoints({ clusters, cluster, workload: 'shop/cart-v1', host: product.host, port: 8080 });
}

const isPod = ({ address }: EndpointOfMesh) => address.startsWith('10.244.');

describe('a service of two clusters, as istiod tells a sidecar of it', () => {
  it.each([
    ['east', 'west'],
    ['west', 'east'],
  ] as const)('is, in %s, its own pods and the gateway of %s where that is another network', async (name, other) => {
    const networks = { east: 'network-east', west: 'network-west' };
    const endpoints = await endpointsIn(name, networks);
    expect(endpoints.filter(isPod).map(({ network, port }) => ({ network, port }))).toEqual(
      Array(2).fill({ network: networks[name], port: 8080 }),
    );
    expect(endpoints.filter((one) => !isPod(one))).toEqual([{ address: GATEWAYS[other], port: 15443, network: networks[other] }]);
  });

  it('is the pods of both, each by its own address, where they are one network', async () => {
    for (const networks of [{}, { east: 'near', west: 'near' }]) {
      const endpoints = await endpointsIn('east', networks);
      expect(endpoints.map(({ port }) => port)).toEqual([8080, 8080, 8080, 8080]);
      expect(new Set(endpoints.map(({ address }) => address)).size).toBe(4);
      expect(endpoints.every(isPod)).toBe(true);
    }
  });

  it.each([
    ['networks', { east: 'network-east', west: 'network-west' }, 1],
    ['clusters of one network', {}, 2],
  ])('is its own pods first, and those of the other cluster when these fail, on two %s', async (_, networks, elsewhere) => {
    const endpoints = await endpointsIn('east', networks, true);
    const own = endpoints.filter(({ priority = 0 }) => priority === 0);
    expect(own).toHaveLength(2);
    expect(own.every(isPod)).toBe(true);
    expect(endpoints.filter(({ priority }) => priority === 1)).toHaveLength(elsewhere);
  });
});
