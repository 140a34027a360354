import type { Chart } from 'cdk8s';
import { Mesh } from 'istio-constructs';
import type { Manifest } from '../builders';

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
const dashboard = (kind: string, name: string): boolean => kind === 'ConfigMap' && name.endsWith('-dashboard');

/** Tasks about what is seen of the mesh. */
export const OBSERVABILITY: Readonly<Record<string, ObservedTask>> = {
  'access-logs': { page: 'logs/telemetry-api/', isShown: kinds('Telemetry') },
  'error-alert': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  'request-rate': { page: 'metrics/querying-metrics/', isShown: dashboard },
  'slow-requests': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  'success-rate': { page: 'metrics/querying-metrics/', isShown: kinds('PrometheusRule') },
  'trace-headers': {
    page: 'distributed-tracing/overview/',
    isShown: (kind, name) => kind === 'Deployment' && name.startsWith('reviews'),
  },
  tracing: { page: 'distributed-tracing/opentelemetry/', isShown: kinds('Telemetry') },
};

/** What is shown of an object: of a dashboard what it asks, of pods what they are told; of others all. */
export function outlineOf(manifest: Manifest): unknown {
  if (manifest.kind === 'ConfigMap') return panelsOf(manifest);
  return manifest.kind === 'Deployment' ? environmentOf(manifest) : manifest;
}

/** What the installation of Istio has to say for a program, if anything. */
export function installedFor(chart: Chart): readonly unknown[] {
  const mesh = chart.node.tryFindChild('mesh');
  return mesh instanceof Mesh && mesh.extensionProviders.length > 0
    ? [{ meshConfig: { extensionProviders: mesh.extensionProviders } }]
    : [];
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

/** The panels of the first row, each with its queries. */
function panelsOf({ metadata, data }: Manifest): unknown {
  const { panels }: { panels: readonly Panel[] } = JSON.parse(Object.values(data as Record<string, string>)[0]);
  const [, ...rest] = panels;
  const first = rest.slice(
    0,
    rest.findIndex(({ type }) => type === 'row'),
  );
  return {
    dashboard: metadata.name,
    panels: first.map(({ title, targets = [] }) => ({ title, queries: targets.map(({ expr }) => expr) })),
  };
}

function environmentOf({ metadata, spec }: Manifest): unknown {
  const { template } = spec as { template: { spec: { containers: readonly { name: string; env: unknown }[] } } };
  const [{ name, env }] = template.spec.containers;
  return { deployment: metadata.name, container: name, env };
}
