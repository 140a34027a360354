import { MERGE_METRICS, METRICS_PATH, PROMETHEUS, SCRAPE_TARGETS } from '../../istio/metrics';
import { sortedBy } from '../../support/ordering';
import { withTemplate } from './template';

type Fields = Record<string, unknown>;

/** Where an application offers metrics. */
export interface MetricsPlace {
  /** Of the pod. */
  readonly port: number;
  readonly path: string;
}

/**
 * The workload with the words on its pods by which its proxy finds the metrics of the application, beside those that were said already. A proxy before
 * Istio 1.31 reads the first place alone.
 */
export function mergeMetrics(manifest: Fields, { port, path }: MetricsPlace): Fields {
  return withTemplate(manifest, (template) => {
    const metadata = (template.metadata ?? {}) as { readonly annotations?: Readonly<Record<string, string>> };
    const said = metadata.annotations ?? {};
    const places = sortedBy([...new Set([...placesIn(said), `${port}:${path}`])], byPort);
    return { ...template, metadata: { ...metadata, annotations: { ...said, ...annotationsOf(places) } } };
  });
}

function placesIn(said: Readonly<Record<string, string>>): string[] {
  const targets = said[SCRAPE_TARGETS];
  if (targets !== undefined) return targets.split(',').map((target) => target.trim());
  const port = said[PROMETHEUS.port];
  return port === undefined ? [] : [`${port}:${said[PROMETHEUS.path] ?? METRICS_PATH}`];
}

function annotationsOf(places: readonly string[]): Readonly<Record<string, string>> {
  const [port, ...path] = places[0].split(':');
  return {
    [PROMETHEUS.scrape]: 'true',
    [PROMETHEUS.port]: port,
    [PROMETHEUS.path]: path.join(':') || METRICS_PATH,
    [MERGE_METRICS]: 'true',
    ...(places.length > 1 ? { [SCRAPE_TARGETS]: places.join(',') } : {}),
  };
}

const DIGITS = 5;

function byPort(place: string): string {
  return place.padStart(place.length + DIGITS - place.indexOf(':'), '0');
}
