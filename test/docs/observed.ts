import type { Chart } from 'cdk8s';
import { Mesh } from 'istio-constructs';
import type { Manifest } from '../builders';
import { rowsOf } from '../dashboard-outline';

/** A task about what is seen of the mesh. */
interface ObservedTask {
  /** Where Istio's page stands, below the tasks of observability. */
  readonly page: string;
  /** What its own page shows of the output. */
  readonly isShown: (kind: string, name: string) => boolean;
}

const kinds =
  (...shown: string[]) =>
  (kind: string): boolean =>
    shown.includes(kind);
const GUARDS = ['AuthorizationPolicy', 'HTTPRoute', 'NetworkPolicy'];
const dashboard = (kind: string, name: string): boolean => kind === 'ConfigMap' && name.endsWith('-dashboard');

/** Tasks about what is seen of the mesh. */
export const OBSERVABILITY: Readonly<Record<string, ObservedTask>> = {
  'access-logs': { page: 'logs/telemetry-api/', isShown: kinds('Telemetry') },
  'error-alert': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  grafana: { page: 'metrics/using-istio-dashboard/', isShown: (kind, name) => GUARDS.includes(kind) || dashboard(kind, name) },
  jaeger: { page: 'distributed-tracing/jaeger/', isShown: kinds('Telemetry', ...GUARDS) },
  kiali: { page: 'kiali/', isShown: kinds(...GUARDS) },
  'request-rate': { page: 'metrics/querying-metrics/', isShown: dashboard },
  'slow-requests': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  'success-rate': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  'trace-headers': {
    page: 'distributed-tracing/overview/',
    isShown: (kind, name) => kind === 'Deployment' && name.startsWith('reviews'),
  },
  tracing: { page: 'distributed-tracing/opentelemetry/', isShown: kinds('Telemetry') },
};

/** What is shown of an object: of a dashboard what its first row asks, of pods what they are told; of others all. */
export function outlineOf(manifest: Manifest): unknown {
  if (manifest.kind === 'ConfigMap') return { dashboard: manifest.metadata.name, panels: Object.values(rowsOf(manifest))[0] };
  return manifest.kind === 'Deployment' ? environmentOf(manifest) : manifest;
}

/** What the installation of Istio has to say for a program, if anything. */
export function installedFor(chart: Chart): readonly unknown[] {
  const mesh = chart.node.tryFindChild('mesh');
  return mesh instanceof Mesh && mesh.extensionProviders.length > 0
    ? [{ meshConfig: { extensionProviders: mesh.extensionProviders } }]
    : [];
}

function environmentOf({ metadata, spec }: Manifest): unknown {
  const { template } = spec as { template: { spec: { containers: readonly { name: string; env: unknown }[] } } };
  const [{ name, env }] = template.spec.containers;
  return { deployment: metadata.name, container: name, env };
}
