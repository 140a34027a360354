import { PROMETHEUS_OPERATOR } from '../../istio/api-groups';
import { STATS_PATH } from '../../istio/metrics';
import { MERGED_METRICS } from '../../istio/ports';

type Fields = Readonly<Record<string, unknown>>;

export const POD_MONITOR = { apiVersion: `${PROMETHEUS_OPERATOR}/v1`, kind: 'PodMonitor' };

const ZTUNNEL = 'ztunnel';
const EVERYWHERE = { any: true };

/** A PodMonitor for ztunnel on every node. */
export function renderZtunnelMonitor(interval: string | undefined): Fields {
  return {
    selector: { matchLabels: { app: ZTUNNEL } },
    namespaceSelector: EVERYWHERE,
    podMetricsEndpoints: [{ port: 'ztunnel-stats', path: STATS_PATH, interval }],
  };
}

/**
 * A PodMonitor for sidecars, gateways and waypoints of all namespaces. Injection declares no port of its own for merged metrics, so the address is made
 * from that of the pod, for whichever port of the container; targets that come out alike are one.
 */
export function renderProxyMonitor(interval: string | undefined): Fields {
  return {
    selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [ZTUNNEL] }] },
    namespaceSelector: EVERYWHERE,
    podMetricsEndpoints: [
      {
        path: STATS_PATH,
        interval,
        relabelings: [
          { action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: 'istio-proxy' },
          toMergedMetrics('([0-9.]+)', '$1'),
          toMergedMetrics('([0-9A-Fa-f]*:.*)', '[$1]'),
          { action: 'replace', targetLabel: 'endpoint', replacement: String(MERGED_METRICS) },
        ],
      },
    ],
  };
}

function toMergedMetrics(regex: string, address: string): Fields {
  const replacement = `${address}:${MERGED_METRICS}`;
  return { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_ip'], regex, targetLabel: '__address__', replacement };
}
