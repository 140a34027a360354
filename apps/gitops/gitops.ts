// A mesh that Argo CD or Flux brings into its clusters: Istio first, and what runs on it then.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ArgoCdFleet,
  ArgoCdInstallation,
  DataPlane,
  FluxFolder,
  FluxInstallation,
  HttpAccess,
  InstallationProfile,
  IstioInstallation,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshPort,
  MTls,
  ZeroTrustNamespace,
} from 'istio-constructs';

/** Clusters that share nothing but the program: each is a mesh of its own. */
export const CLUSTERS = ['staging', 'production'].map((name) => MeshCluster.of(name));

/** Where a pipeline puts the manifests. */
const REPOSITORY = 'https://git.example.com/acme/mesh.git';

/** Which cluster it is, and how its pods join the mesh. */
export interface DeliveredProps {
  readonly dataPlane: DataPlane;
  readonly cluster: MeshCluster;
}

/** What one cluster is brought: its folder in the repository. */
export class Delivered extends Chart {
  /** The Istio below it. */
  readonly istio: IstioInstallation;

  constructor(scope: Construct, id: string, { dataPlane, cluster }: DeliveredProps) {
    super(scope, id);
    new Mesh(this, 'mesh', { mtls: MTls.STRICT, cluster });
    this.istio = new IstioInstallation(this, 'istio', { profile: InstallationProfile.PRODUCTION });

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const [web, orders] = ['web', 'orders'].map(
      (name) => new MeshedService(shop, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] }),
    );
    web.calls(orders, { http: [HttpAccess.get('/orders/*'), HttpAccess.post('/orders')] });
  }
}

/** What one Argo CD is told for all clusters: to bring each its Istio, and its folder. */
export class ByArgoCd extends Chart {
  constructor(scope: Construct, id: string, delivered: Delivered, cluster: MeshCluster) {
    super(scope, id);
    new ArgoCdInstallation(this, 'istio', { installation: delivered.istio, clusterName: cluster.clusterName });
  }
}

/** The folders of all clusters. */
export class Folders extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ArgoCdFleet(this, 'fleet', { clusters: CLUSTERS, repository: REPOSITORY, revision: 'main' });
  }
}

/** The same by the Flux that runs in the cluster: Istio, and the folder as soon as the cluster takes it. */
export class ByFlux extends Chart {
  constructor(scope: Construct, id: string, delivered: Delivered, cluster: MeshCluster) {
    super(scope, id);
    new FluxInstallation(this, 'istio', { installation: delivered.istio });
    new FluxFolder(this, 'folder', { cluster, repository: REPOSITORY });
  }
}
