// A mesh that Argo CD or Flux brings into its clusters: Istio first, and what runs on it from the same folder.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ArgoCdInstallation,
  DataPlane,
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

export type Engine = 'argo-cd' | 'flux';

/** Clusters that share nothing: each is a mesh of its own, with the same program. */
export const CLUSTERS = ['staging', 'production'].map((name) => MeshCluster.of(name));

export interface DeliveredProps {
  /** Who brings it into the cluster. */
  readonly engine: Engine;
  readonly dataPlane: DataPlane;
  readonly cluster: MeshCluster;
}

/** All that one cluster is brought by the Argo CD, or the Flux, that runs in it: its folder in the repository. */
export class Delivered extends Chart {
  constructor(scope: Construct, id: string, { engine, dataPlane, cluster }: DeliveredProps) {
    super(scope, id);
    new Mesh(this, 'mesh', { mtls: MTls.STRICT, cluster });
    const installation = new IstioInstallation(this, 'istio', { profile: InstallationProfile.PRODUCTION });
    if (engine === 'flux') new FluxInstallation(this, 'flux', { installation });
    else new ArgoCdInstallation(this, 'argo-cd', { installation });

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const [web, orders] = ['web', 'orders'].map(
      (name) => new MeshedService(shop, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] }),
    );
    web.calls(orders, { http: [HttpAccess.get('/orders/*'), HttpAccess.post('/orders')] });
  }
}
