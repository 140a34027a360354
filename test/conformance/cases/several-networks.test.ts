import { App, Chart } from 'cdk8s';
import {
  DataPlane,
  EastWestGateway,
  HttpAccess,
  IstioInstallation,
  LoadBalancing,
  LocalityRouting,
  Mesh,
  MeshCluster,
  MeshedService,
  type MeshedServiceProps,
  MeshPort,
  ServiceScope,
  TrafficDistribution,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { engine } from '../engine';
import { meshOf } from '../mesh-under-test';
import type { ClusterOfMesh, EndpointOfMesh, Tunnels } from '../several';

const GATEWAYS = { east: '203.0.113.10', west: '203.0.113.20' };
const NETWORKS = { east: 'network-east', west: 'network-west' };

type Name = keyof typeof GATEWAYS;
const NAMES: readonly Name[] = ['east', 'west'];

const NEAREST: Partial<MeshedServiceProps> = {
  circuitBreaker: { consecutiveServerErrors: 5 },
  loadBalancing: LoadBalancing.leastRequest({ locality: LocalityRouting.failoverByLabels('topology.istio.io/cluster') }),
};

/** The program of both clusters: one App for each, which says of itself who it is. West alone has invoices. */
function clusterOf(name: Name): ClusterOfMesh {
  const dataPlane = DataPlane.ambient();
  const of = (one: Name) => MeshCluster.of(one, { network: NETWORKS[one], gatewayAddresses: [GATEWAYS[one]] });
  const app = new App();
  const chart = new Chart(app, name);
  new Mesh(chart, 'mesh', { meshId: 'acme', cluster: of(name), otherClusters: [of(name === 'east' ? 'west' : 'east')] });
  const { istiodNamespace } = new IstioInstallation(chart, 'istio');
  new EastWestGateway(chart, 'east-west', { dataPlane });
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const service = (id: string, serviceScope: ServiceScope | undefined, more: Partial<MeshedServiceProps> = {}) =>
    new MeshedService(shop, id, {
      image: `registry.example.com/${id}:1.0.0`,
      ports: [id === 'queue' ? MeshPort.tcp(8080) : MeshPort.http(8080)],
      replicas: 2,
      serviceScope,
      ...more,
    });
  const web = service('web', ServiceScope.LOCAL);
  web.calls(service('product', ServiceScope.GLOBAL, NEAREST), { http: [HttpAccess.get('/products/*')] });
  web.calls(service('queue', ServiceScope.GLOBAL, { trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE }));
  web.calls(service('session', undefined));
  if (name === 'west') web.calls(service('invoices', ServiceScope.GLOBAL), { http: [HttpAccess.get('/invoices/*')] });
  const { name: root, labels } = istiodNamespace;
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: root, labels } };
  return { name, network: NETWORKS[name], gateway: GATEWAYS[name], manifests: [namespace, ...meshOf(app).manifests] };
}

const CLUSTERS = NAMES.map(clusterOf);
const hostOf = (id: string): string => `${id}.shop.svc.cluster.local`;

/** What pods of a cluster are told of a service of the shop, and what its gateway takes in for it. */
const tunnelsIn = (cluster: Name, id: string): Promise<Tunnels> =>
  engine().tunnels({ clusters: CLUSTERS, cluster, host: hostOf(id), port: 8080 });

/** Where the waypoint of a cluster sends what goes to a service. */
const sentByWaypoint = (cluster: Name, id: string): Promise<readonly EndpointOfMesh[]> =>
  engine().endpoints({ clusters: CLUSTERS, cluster, workload: 'shop/waypoint', host: hostOf(id), port: 8080 });

const PODS = expect.stringMatching(/^10\.244\./);

describe.each([
  ['east', 'west'],
  ['west', 'east'],
] as const)('in %s, with pods of %s on another network, istiod', (here, other) => {
  const ownPods = Array(2).fill({ address: PODS, network: NETWORKS[here], tunnel: true });
  const otherPods = { network: NETWORKS[other], gateway: `${GATEWAYS[other]}:15008`, pods: 2, tunnel: true };

  it.each(['product', 'queue'])('tells ztunnels of the pods of both behind %s, which both have', async (id) => {
    const { told } = await tunnelsIn(here, id);
    expect(told).toMatchObject({ known: true, behind: expect.arrayContaining([...ownPods, otherPods]) });
    expect(told.behind).toHaveLength(3);
  });

  it.each(['web', 'session'])('tells ztunnels of the pods here alone behind %s', async (id) => {
    const { told, ways } = await tunnelsIn(here, id);
    expect(told).toMatchObject({ known: true, behind: ownPods });
    expect(ways).toBeNull();
  });

  it('has the gateway ask the waypoint, unless one has been asked', async () => {
    const { ways } = await tunnelsIn(here, 'product');
    const straight = { to: hostOf('product'), pods: [expect.stringMatching(/^10\.244\..*:8080$/), expect.stringMatching(/:8080$/)] };
    expect(ways).toEqual(
      expect.arrayContaining([
        { from: 'waypoint', ...straight },
        { to: hostOf('waypoint'), pods: [expect.stringMatching(/^10\.244\..*:15008$/)] },
      ]),
    );
  });

  it('has the waypoint try pods here first, and then the gateway of the other network', async () => {
    const endpoints = await sentByWaypoint(here, 'product');
    expect(endpoints.map(({ address, port, network, priority = 0 }) => ({ address, port, network, priority }))).toEqual([
      ...Array(2).fill({ address: PODS, port: 8080, network: NETWORKS[here], priority: 0 }),
      { address: GATEWAYS[other], port: 15008, network: NETWORKS[other], priority: 1 },
    ]);
  });

  it('tells ztunnels to prefer pods near by', async () => {
    const { told } = await tunnelsIn(here, 'queue');
    expect(told.preferences).toEqual(['NETWORK', 'REGION', 'ZONE']);
  });
});

describe('a service that west alone has', () => {
  it('is known in east, with its waypoint, behind the gateway of west', async () => {
    expect((await tunnelsIn('east', 'invoices')).told).toEqual({
      known: true,
      waypoint: hostOf('waypoint'),
      behind: [{ network: NETWORKS.west, gateway: `${GATEWAYS.west}:15008`, pods: 2, tunnel: true }],
    });
  });
});
