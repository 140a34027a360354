import { renderScrapeMonitor } from '../../../lib/render/telemetry/scrape-monitor';

const PODS = { podLabels: { app: 'cart' }, port: 'http-metrics', path: '/metrics' };

describe('a PodMonitor', () => {
  it('reads the port of the pods by its name', () => {
    expect(renderScrapeMonitor({ ...PODS, interval: '15s' })).toMatchObject({
      kind: 'PodMonitor',
      spec: {
        selector: { matchLabels: { app: 'cart' } },
        podMetricsEndpoints: [{ port: 'http-metrics', path: '/metrics', interval: '15s' }],
      },
    });
  });

  it('speaks TLS with the certificates of a scrape class', () => {
    const { spec } = renderScrapeMonitor({ ...PODS, scrapeClass: 'istio' });
    expect(spec).toMatchObject({ scrapeClass: 'istio', podMetricsEndpoints: [{ scheme: 'https' }] });
  });
});

describe('a ServiceMonitor', () => {
  it('reads the port of the Service by its name, and of no other Service over the same pods', () => {
    expect(renderScrapeMonitor({ ...PODS, serviceName: 'cart', interval: '15s' })).toMatchObject({
      kind: 'ServiceMonitor',
      spec: {
        selector: {},
        endpoints: [
          {
            port: 'http-metrics',
            path: '/metrics',
            interval: '15s',
            relabelings: [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: 'cart' }],
          },
        ],
      },
    });
  });

  it('speaks TLS with the certificates of a scrape class', () => {
    const { spec } = renderScrapeMonitor({ ...PODS, serviceName: 'cart', scrapeClass: 'istio' });
    expect(spec).toMatchObject({ scrapeClass: 'istio', endpoints: [{ scheme: 'https' }] });
  });
});
