// Istio itself and what runs on it, from one program: what the mesh configuration has to say is said where it is needed.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  ExternalPort,
  ExternalService,
  HttpAccess,
  IngressGateway,
  InstallationProfile,
  InstalledGateway,
  IstioGatewayPods,
  IstioInstallation,
  IstioVersion,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MTls,
  OutboundPolicy,
  PathNormalization,
  TelemetryProvider,
  ZeroTrustNamespace,
} from 'istio-constructs';

/** How the pods of the shop join the mesh. */
export interface PlatformProps {
  readonly dataPlane: DataPlane;
}

/** A shop, the gateway before it, and the Istio below both. */
export class Platform extends Chart {
  /** How Istio is installed for all of this. */
  readonly istio: IstioInstallation;

  constructor(scope: Construct, id: string, { dataPlane }: PlatformProps) {
    super(scope, id);
    new Mesh(this, 'mesh', {
      mtls: MTls.STRICT,
      trustDomain: 'acme.example',
      istioVersion: IstioVersion.V1_31,
      pathNormalization: PathNormalization.MERGE_SLASHES,
      cni: true,
      providers: [TelemetryProvider.openTelemetry('tempo', { host: 'tempo.monitoring.svc.cluster.local', port: 4317 })],
      tracing: { provider: 'tempo', samplingPercentage: 10 },
      accessLog: true,
    });
    this.istio = new IstioInstallation(this, 'istio', {
      profile: InstallationProfile.PRODUCTION,
      // A second one stands beside it while the mesh moves to a newer Istio; the tag goes over last.
      revisions: [{ name: '1-31-1', tags: ['default'] }],
      outboundPolicy: OutboundPolicy.REGISTRY_ONLY,
      gateways: [InstalledGateway.ingress('front', { namespaceName: 'edge', pods: { autoscaling: { minReplicas: 2, maxReplicas: 6 } } })],
    });

    const edge = new MeshNamespace(this, 'edge', { dataPlane: DataPlane.sidecar() });
    const gateway = new IngressGateway(edge, 'gateway', { istioPods: IstioGatewayPods.helmRelease('front'), tlsSecret: 'shop-cert' });
    gateway.expose(this.shop(dataPlane), { host: 'shop.example.com' });
  }

  private shop(dataPlane: DataPlane): MeshedService {
    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const image = (name: string): string => `ghcr.io/acme/${name}:1.0.0`;
    const web = new MeshedService(shop, 'web', { image: image('web'), ports: [MeshPort.http(8080)] });
    const orders = new MeshedService(shop, 'orders', { image: image('orders'), ports: [MeshPort.http(8080)] });
    web.calls(orders, { http: [HttpAccess.get('/orders/*'), HttpAccess.post('/orders')] });
    orders.calls(new ExternalService(shop, 'cards', { host: 'api.cards.example.com', port: ExternalPort.https() }));
    return web;
  }
}
