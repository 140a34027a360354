import { Duration } from 'cdk8s';
import { AlertThresholds, FlaggerMetric, ReleaseController, ServiceAlert, ServiceAlerts, type ServiceAlertsProps } from 'istio-constructs';
import { canary, manifest, service, shop } from '../../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../../for-each-plane';
import { schemaErrors } from '../../../schemas/schema-errors';
import { expectRefusal } from '../../../support/refusal';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

function rulesOf(plane: PlaneUnderTest, props: Partial<ServiceAlertsProps> = {}): readonly Rule[] {
  const one = shop(plane);
  canary(one.cart, { weight: 10 });
  new ServiceAlerts(one.shop, 'alerts', { service: one.cart, ...props });
  const rule = manifest(one.chart, 'PrometheusRule', 'alerts', 'shop');
  expect(schemaErrors(rule)).toEqual([]);
  const { groups } = rule.spec as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

forEachPlane((plane) => {
  describe('ServiceAlerts', () => {
    it('are all alerts that this plane has series for', () => {
      const lacking = plane.of({ sidecar: ['MeshServiceConnectionsDenied'], ambient: [] });
      const alerts = rulesOf(plane).map(({ alert }) => alert);
      expect(alerts).toEqual(Object.values(ServiceAlert).filter((alert) => !lacking.includes(alert)));
    });

    it('tell of the service that they are about', () => {
      for (const { labels } of rulesOf(plane)) expect(labels).toMatchObject({ namespace: 'shop', service: 'cart' });
    });

    it('leave out what nobody wants', () => {
      expect(rulesOf(plane, { without: [ServiceAlert.NO_TRAFFIC] }).map(({ alert }) => alert)).not.toContain('MeshServiceNoTraffic');
    });

    it('leave new versions to the controller that brings them in', () => {
      const one = shop(plane);
      const thresholds = AlertThresholds.of({ errorPercent: 0.5 });
      const metrics = [FlaggerMetric.successRate(thresholds.successPercent), FlaggerMetric.duration(thresholds.latency)];
      const releaseController = ReleaseController.flagger({ interval: Duration.minutes(1), metrics });
      const search = service(one.shop, 'search', { releaseController });
      new ServiceAlerts(one.shop, 'alerts', { service: search, thresholds });
      expect(JSON.stringify(manifest(one.chart, 'PrometheusRule', 'alerts'))).not.toContain('MeshCanary');
      expect(JSON.stringify(manifest(one.chart, 'Canary', 'search'))).toContain('"thresholdRange":{"min":99.5}');
    });
  });
});

describe('AlertThresholds', () => {
  it('are numbers for whoever measures a release', () => {
    const { successPercent, successShare, latencyMilliseconds } = AlertThresholds.of({ errorPercent: 0.1, latency: Duration.seconds(2) });
    expect({ successPercent, successShare, latencyMilliseconds }).toEqual({
      successPercent: 99.9,
      successShare: 0.999,
      latencyMilliseconds: 2000,
    });
  });

  it.each(['errorPercent', 'exhaustedPercent', 'brokenPercent', 'deniedPercent'])('fail for %s of all, or of less than none', (option) => {
    for (const percent of [100, -1, NaN]) {
      const act = () => AlertThresholds.of({ [option]: percent });
      expectRefusal(act, { path: 'AlertThresholds', code: 'MESH809', got: `${option}: ${percent}`, fix: 'without' });
    }
  });

  it.each([
    ['canaryFactor', 0.5, 'at least 1'],
    ['leastPerMinute', -1, 'at least 0'],
    ['leastPerMinute', Infinity, 'at least 0'],
  ])('fail for %s %d', (option, value, fix) => {
    const act = () => AlertThresholds.of({ [option]: value });
    expectRefusal(act, { path: 'AlertThresholds', code: 'MESH759', got: `${option}: ${value}`, fix });
  });
});
