import { App, Chart } from 'cdk8s';
import { DataPlane, MeshNamespace } from 'istio-constructs';
import type { EngineSettings } from './engine';
import { meshOf } from './mesh-under-test';
import { rawAddOns } from './raw-add-ons';
import { rawGateway, rawNamespace, rawService } from './raw-objects';

/** What an app's README wants of the installation, by the name of the app. */
export const INSTALLATIONS: Readonly<Record<string, EngineSettings>> = {
  install: {
    trustDomain: 'acme.example',
    pathNormalization: 'MERGE_SLASHES',
    dropsUnknown: true,
    providers: [{ name: 'tempo', opentelemetry: { service: 'tempo.monitoring.svc.cluster.local', port: 4317 } }],
  },
  oidc: { authorizers: [{ name: 'oauth2-proxy', service: 'oauth2-proxy.login.svc.cluster.local', port: 4180, http: true }] },
};

/** What others install beside an app, by the file that it writes. */
const NEIGHBOURS: Readonly<Record<string, () => readonly object[]>> = {
  'install/install-sidecar.k8s.yaml': () => front(),
  'install/install-ambient.k8s.yaml': () => front(),
  'multi-cluster/multi-cluster-sidecar-east.k8s.yaml': () => eastWest(),
  'multi-cluster/multi-cluster-sidecar-west.k8s.yaml': () => eastWest(),
  'observability/observability-sidecar.k8s.yaml': () => addOns(),
  'observability/observability-ambient.k8s.yaml': () => addOns(DataPlane.ambient()),
};

/** Objects within a cluster: the judge's proxies have none that stands between networks in ambient mode. */
export const withinNetwork = (manifests: readonly object[]): readonly object[] =>
  manifests.filter((manifest) => (manifest as { spec?: { gatewayClassName?: string } }).spec?.gatewayClassName !== 'istio-east-west');

export const installedBeside = (file: string): readonly object[] => NEIGHBOURS[file]?.() ?? [];

/** The gateway that comes with Istio, the certificate that it shows, and who takes the traces. */
function front(): readonly object[] {
  const chart = new Chart(new App(), 'installed');
  rawGateway(chart, { name: 'front', namespace: 'edge', ports: [443], secrets: ['shop-cert'] });
  rawService(chart, { name: 'tempo', namespace: 'monitoring', portName: 'grpc-otlp', port: 4317 });
  return meshOf(chart).manifests;
}

/** The pods of the gateway between networks, which sidecars need, as they are installed with Istio. */
function eastWest(): readonly object[] {
  const chart = new Chart(new App(), 'installed');
  rawGateway(chart, { name: 'istio-eastwestgateway', namespace: 'istio-system', ports: [15443] });
  return meshOf(chart).manifests;
}

/** The add-ons of Istio's samples in the namespace `monitoring`, outside the mesh or in it. */
function addOns(dataPlane?: DataPlane): readonly object[] {
  const chart = new Chart(new App(), 'installed');
  if (dataPlane) new MeshNamespace(chart, 'monitoring', { dataPlane });
  else rawNamespace(chart, 'monitoring', { 'istio-injection': 'disabled' });
  rawAddOns(chart, 'monitoring', dataPlane !== undefined);
  return meshOf(chart).manifests;
}
