import { Duration } from 'cdk8s';
import { ProxyMonitors } from 'istio-constructs';
import { names, newChart, spec } from '../../../builders';

describe('monitors of proxies', () => {
  it('are one for proxies of pods, gateways and waypoints, and one for ztunnel', () => {
    const chart = newChart();
    const monitors = new ProxyMonitors(chart, 'monitors', { interval: Duration.seconds(15), labels: { release: 'prometheus' } });
    expect(names(chart, 'PodMonitor')).toEqual(['monitoring/istio-proxies', 'monitoring/ztunnel']);
    for (const { metadata } of [monitors.proxies, monitors.ztunnel]) expect(metadata.getLabel('release')).toBe('prometheus');
    expect(spec(chart, 'PodMonitor', 'istio-proxies')).toMatchObject({
      namespaceSelector: { any: true },
      podMetricsEndpoints: [{ interval: '15s' }],
    });
  });

  it('stand where they are asked for', () => {
    const chart = newChart();
    new ProxyMonitors(chart, 'monitors', { namespaceName: 'observability' });
    expect(names(chart, 'PodMonitor')).toEqual(['observability/istio-proxies', 'observability/ztunnel']);
  });
});
