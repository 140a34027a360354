/** Annotations of pods by which Prometheus finds metrics, as nearly every configuration of it reads them. */
export const PROMETHEUS = {
  scrape: 'prometheus.io/scrape',
  port: 'prometheus.io/port',
  path: 'prometheus.io/path',
} as const;

/** Whether the proxy of a pod offers the metrics of the application with its own. */
export const MERGE_METRICS = 'prometheus.istio.io/merge-metrics';

/** Where those are, if at more than one place; from Istio 1.31 on. */
export const SCRAPE_TARGETS = 'prometheus.istio.io/scrape-targets';

/** Where an application offers metrics that says nothing else. */
export const METRICS_PATH = '/metrics';

/** Where every proxy does. */
export const STATS_PATH = '/stats/prometheus';
