import { Duration } from 'cdk8s';
import {
  DataPlane,
  FlaggerMetric,
  MeshPort,
  MetricsDiscovery,
  MetricsScraping,
  type MetricsScrapingProps,
  ReleaseController,
  ServiceIdentity,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { findingCodes, grant, names, newChart, principal, service, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const prometheus = (dataPlane?: DataPlane) => ServiceIdentity.of('monitoring', 'prometheus', { dataPlane });

function scraped(dataPlane: DataPlane, props: Partial<MetricsScrapingProps> = {}, plaintext?: string) {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const ports = [MeshPort.http(8080), MeshPort.http(9100, { targetPort: 9101, suffix: 'metrics', plaintext })];
  const cart = service(shop, 'cart', { ports });
  const scraping = new MetricsScraping(shop, 'metrics', { service: cart, port: 9100, ...props });
  return { chart, scraping };
}

forEachPlane((plane) => {
  it('lets a Prometheus in ambient mode in at the pods, on the port of metrics alone', () => {
    const { chart } = scraped(plane.dataPlane, { scraper: prometheus(DataPlane.ambient()) });
    expect(grant(chart, 'cart')).toMatchObject({
      rules: [{ from: [{ source: { principals: [principal('monitoring', 'prometheus')] } }], to: [{ operation: { ports: ['9101'] } }] }],
    });
    expect(findingCodes(chart)).toEqual([]);
  });

  it('reads a port that takes plaintext with no identity, and makes no other grant', () => {
    const { chart } = scraped(plane.dataPlane, {}, 'Prometheus is outside the mesh');
    expect(spec(chart, 'PodMonitor', 'cart-9100')).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      podMetricsEndpoints: [{ port: 'http-metrics', path: '/metrics' }],
    });
    expect(findingCodes(chart)).toEqual(['MESH233']);
  });
});

describe('a ServiceMonitor of a service', () => {
  const said = { scraper: prometheus(DataPlane.ambient()), discovery: MetricsDiscovery.SERVICE };

  it('comes in place of the PodMonitor, with the same grant', () => {
    const { chart } = scraped(DataPlane.ambient(), { ...said, labels: { release: 'prometheus' } });
    expect(names(chart, 'PodMonitor')).toEqual([]);
    expect(spec(chart, 'ServiceMonitor', 'cart-9100')).toMatchObject({ endpoints: [{ port: 'http-metrics', path: '/metrics' }] });
    const byPods = scraped(DataPlane.ambient(), { scraper: said.scraper });
    expect(grant(chart, 'cart')).toEqual(grant(byPods.chart, 'cart'));
    expect(findingCodes(chart)).toEqual([]);
  });

  it('names the port that both the Service and its pods have', () => {
    const { chart } = scraped(DataPlane.sidecar(), said);
    const [{ port }] = spec(chart, 'ServiceMonitor', 'cart-9100').endpoints as [{ port: string }];
    expect(spec(chart, 'Service', 'cart')).toMatchObject({ ports: [{}, { name: port, port: 9100 }] });
  });

  it('fails where Flagger makes the Service', () => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const releaseController = ReleaseController.flagger({ interval: Duration.minutes(1), metrics: [FlaggerMetric.successRate(99)] });
    const cart = service(shop, 'cart', { releaseController });
    const act = () => new MetricsScraping(shop, 'metrics', { service: cart, port: 8080, ...said });
    expectRefusal(act, { code: 'MESH910', path: 'test/shop/metrics', got: 'cart', fix: 'leave out discovery' });
  });
});

describe('a PodMonitor of a service', () => {
  it('stands in the namespace of the service, under its name and port, with the labels of the Prometheus', () => {
    const said = {
      scraper: prometheus(DataPlane.ambient()),
      path: '/m',
      interval: Duration.seconds(15),
      labels: { release: 'prometheus' },
    };
    const { chart, scraping } = scraped(DataPlane.sidecar(), said);
    expect(names(chart, 'PodMonitor')).toEqual(['shop/cart-9100']);
    expect(scraping.monitor.metadata.getLabel('release')).toBe('prometheus');
    expect(spec(chart, 'PodMonitor', 'cart-9100')).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      podMetricsEndpoints: [{ port: 'http-metrics', path: '/m', interval: '15s' }],
    });
  });

  it('speaks TLS for a Prometheus with a sidecar, which has the certificates', () => {
    const { chart } = scraped(DataPlane.sidecar(), { scraper: prometheus(DataPlane.sidecar()) });
    expect(spec(chart, 'PodMonitor', 'cart-9100')).toMatchObject({ scrapeClass: 'istio', podMetricsEndpoints: [{ scheme: 'https' }] });
    const other = scraped(DataPlane.sidecar(), { scraper: prometheus(DataPlane.sidecar()), scrapeClass: 'mesh' });
    expect(spec(other.chart, 'PodMonitor', 'cart-9100')).toMatchObject({ scrapeClass: 'mesh' });
  });

  it('is told that certificates do not help at pods in ambient mode', () => {
    expect(findingCodes(scraped(DataPlane.ambient(), { scraper: prometheus(DataPlane.sidecar()) }).chart)).toEqual(['MESH221']);
  });

  it('fails for a port that the service does not have', () => {
    expect(() => scraped(DataPlane.sidecar(), { port: 9999, scraper: prometheus(DataPlane.ambient()) })).toThrow('MESH900');
  });

  it.each([[undefined], [prometheus()]])('fails where nobody says how the scraper proves who it is', (scraper) => {
    expect(() => scraped(DataPlane.ambient(), { scraper })).toThrow('MESH901');
  });
});
