// A shop in two clusters of one mesh, each on a network of its own: one function for both, one App a cluster.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  EastWestGateway,
  HttpAccess,
  InstalledGateway,
  IstioInstallation,
  IstioVersion,
  LoadBalancing,
  LocalityRouting,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshPort,
  MTls,
  ServiceIdentity,
  ServiceScope,
  ZeroTrustNamespace,
} from 'istio-constructs';

/** The clusters of the mesh. The addresses are those of the east-west gateways, as their load balancers got them. */
export const CLUSTERS = {
  east: MeshCluster.of('east', { network: 'network-east', gatewayAddresses: ['203.0.113.10'] }),
  west: MeshCluster.of('west', { network: 'network-west', gatewayAddresses: ['203.0.113.20'] }),
};

/** How pods join the mesh: in both clusters alike. */
export const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

export interface RegionProps {
  readonly cluster: keyof typeof CLUSTERS;
  readonly plane: keyof typeof PLANES;
}

/** One cluster of the mesh: Istio, the gateway to the other network, and the shop. */
export class Region extends Chart {
  /** How Istio is installed in this cluster. */
  readonly istio: IstioInstallation;

  constructor(scope: Construct, id: string, { cluster, plane }: RegionProps) {
    super(scope, id);
    const dataPlane = PLANES[plane];
    const other = CLUSTERS[cluster === 'east' ? 'west' : 'east'];
    new Mesh(this, 'mesh', {
      meshId: 'acme',
      cluster: CLUSTERS[cluster],
      otherClusters: [other],
      // From 1.31 on what comes from another network passes the waypoint.
      istioVersion: IstioVersion.V1_31,
      mtls: MTls.STRICT,
    });
    // In ambient mode istiod makes the pods of the gateway between networks, and none is installed.
    const gateways = plane === 'ambient' ? [] : [InstalledGateway.eastWest()];
    this.istio = new IstioInstallation(this, 'istio', { gateways });
    new EastWestGateway(this, 'east-west', { dataPlane });

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const service = (name: string, serviceScope: ServiceScope): MeshedService =>
      new MeshedService(shop, name, {
        image: `ghcr.io/acme/${name}:1.0.0`,
        ports: [MeshPort.http(8080)],
        serviceScope,
        // Pods of the caller's cluster first, and those of the other one when these fail.
        ...(serviceScope === ServiceScope.GLOBAL && {
          circuitBreaker: { consecutiveServerErrors: 5 },
          loadBalancing: LoadBalancing.leastRequest({ locality: LocalityRouting.failoverByLabels('topology.istio.io/cluster') }),
        }),
      });
    const web = service('web', ServiceScope.LOCAL);
    const products = service('products', ServiceScope.GLOBAL);
    web.calls(products, { http: [HttpAccess.get('/products/*')] });

    // Invoices are made in the west alone, and ask for products of both: both clusters let them in.
    products.access.allow(ServiceIdentity.of('billing', 'invoices', { dataPlane, cluster: CLUSTERS.west }));
  }
}
