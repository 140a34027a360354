import { PROMETHEUS_OPERATOR } from '../../istio/api-groups';
import { POD_MONITOR } from './pod-monitor';

type Fields = Readonly<Record<string, unknown>>;

/** What is scraped of the pods of one service, and how. */
export interface ScrapedPods {
  readonly podLabels: Fields;
  /** Name of the Service whose endpoints they are, where they are found by it. */
  readonly serviceName?: string;
  /** Name of the port, which the container and the Service have alike. */
  readonly port: string;
  readonly path: string;
  readonly interval?: string;
  /** Of the Prometheus that shows certificates of the mesh itself; it speaks plain HTTP without. */
  readonly scrapeClass?: string;
}

interface Monitor {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: Fields;
}

/** The monitor for the metrics of an application, at each of its pods. */
export function renderScrapeMonitor({ podLabels, serviceName, port, path, interval, scrapeClass }: ScrapedPods): Monitor {
  const scheme = scrapeClass === undefined ? {} : { scheme: 'https' };
  const endpoint = { port, path, interval, ...scheme };
  if (serviceName === undefined) {
    return { ...POD_MONITOR, spec: { selector: { matchLabels: podLabels }, scrapeClass, podMetricsEndpoints: [endpoint] } };
  }
  const endpoints = [{ ...endpoint, relabelings: [ofService(serviceName)] }];
  return { ...SERVICE_MONITOR, spec: { selector: {}, scrapeClass, endpoints } };
}

const SERVICE_MONITOR = { apiVersion: `${PROMETHEUS_OPERATOR}/v1`, kind: 'ServiceMonitor' };

// By its name: labels may be those of further Services over the same pods, which would have each read twice.
function ofService(name: string): Fields {
  return { action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: name };
}
