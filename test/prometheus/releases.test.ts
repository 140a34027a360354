import { Duration } from 'cdk8s';
import {
  AlertThresholds,
  FlaggerMetric,
  type MeshedServiceProps,
  ReleaseController,
  ReleaseDashboard,
  RolloutStep,
} from 'istio-constructs';
import { type Manifest, manifests, shop, spec } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { durations, type Emitted, requests } from './emitted';
import { boardsOf, shows } from './grafana';
import { exprsAnswer, type Series, takesRules } from './promtool';

const THRESHOLDS = AlertThresholds.of({ errorPercent: 0.5, latency: Duration.millis(400) });
const FLAGGER = ReleaseController.flagger({
  interval: Duration.minutes(1),
  metrics: [FlaggerMetric.successRate(THRESHOLDS.successPercent), FlaggerMetric.duration(THRESHOLDS.latency)],
});
const CANARY = 'destination_service="cart.shop.svc.cluster.local"';
const ARGO = ReleaseController.argoRollouts({
  steps: [RolloutStep.ofWeight(30)],
  metrics: [
    {
      name: 'success',
      query: `sum(rate(istio_requests_total{${CANARY},response_code!~"5.."}[5m])) / sum(rate(istio_requests_total{${CANARY}}[5m]))`,
      successCondition: `result[0] >= ${THRESHOLDS.successShare}`,
    },
  ],
});

/** A cart that the product page calls and a controller releases. */
function released(plane: PlaneUnderTest, releaseController: MeshedServiceProps['releaseController']) {
  const one = shop(plane, { releaseController });
  one.product.calls(one.cart);
  new ReleaseDashboard(one.shop, 'release', { service: one.cart });
  return { ...one, board: boardsOf(one.chart)[0] };
}

/** 120 requests in a minute to the stable pods, and 60 to the new ones, of which every second fails. */
function during(plane: PlaneUnderTest, stable: Emitted, tried: Emitted): Series[] {
  const rate = (perMinute: number) => `0+${perMinute}x60`;
  return [
    ...requests(plane.name, stable, rate(120)),
    ...requests(plane.name, tried, rate(30)),
    ...requests(plane.name, { ...tried, code: '500' }, rate(30)),
    ...durations(plane.name, 20, 120, 60, stable),
    ...durations(plane.name, 300, 60, 60, tried),
  ];
}

/** Expects that panels tell the stable version, by these labels, from the one that is tried out. */
function expectApart({ board }: ReturnType<typeof released>, series: readonly Series[], [stable, tried]: readonly [string, string]): void {
  const both = (one: number, other: number) => [
    { labels: stable, value: one },
    { labels: tried, value: other },
  ];
  expect(shows(board, 'Request rate of versions', { series }, both(2, 1))).toBe('');
  expect(shows(board, 'Errors of versions', { series }, both(0, 0.5))).toBe('');
  expect(shows(board, 'Latency of versions', { series }, both(24.85, 497.5))).toBe('');
}

forEachPlane((plane) => {
  describe('a release of Flagger', () => {
    // The Deployment of the primary pods, and that of the program with the new ones.
    const [primary, tried]: Emitted[] = [
      { workload: 'cart-v1-primary', service: 'cart-primary' },
      { workload: 'cart-v1', service: 'cart-canary' },
    ];

    it('is shown by its two Deployments', () => {
      const labels = ['cart-v1-primary', 'cart-v1'].map((name) => `{destination_workload="${name}",destination_version="v1"}`);
      expectApart(released(plane, FLAGGER), during(plane, primary, tried), [labels[0], labels[1]]);
    });

    it('is measured by queries that Prometheus takes, and compared with the thresholds of alerts', () => {
      const { chart } = released(plane, FLAGGER);
      const queries = manifests(chart)
        .filter(({ kind }) => kind === 'MetricTemplate')
        .map((template) => [template.metadata.name, asFlaggerSends(template)] as const);
      expect(takesRules(queries.map(([, expr], index) => ({ record: `asked:${index}`, expr })))).toBe('');
      const asked = Object.fromEntries(queries);
      const values = { 'cart-success-rate': 50, 'cart-duration': 497.5 };
      const questions = Object.entries(values).map(([name, value]) => ({ expr: asked[name], samples: [{ labels: '{}', value }] }));
      expect(exprsAnswer(questions, { series: during(plane, primary, tried) }, '30m')).toBe('');
      const { metrics } = (spec(chart, 'Canary', 'cart') as any).analysis;
      expect(metrics.map((metric: any) => metric.thresholdRange)).toEqual([{ min: 99.5 }, { max: 400 }]);
    });
  });

  describe('a release of Argo Rollouts', () => {
    // One Rollout, whose pods have one label: routes know the versions by Services, or by subsets, of which no series tells.
    const said = (version: string, hash: string): Emitted => ({
      workload: 'cart',
      service: plane.of({ sidecar: 'cart', ambient: `cart-${version}` }),
      pod: `cart-${hash}-x2x4z`,
    });
    const [stable, tried] = [said('stable', '6f5d4c8b9'), said('canary', '7c9d8e5f4')];

    it('is shown by the Services of its versions, or by its pods', () => {
      const labels = ({ service, pod }: Emitted) =>
        plane.of({ sidecar: `{pod="${pod}"}`, ambient: `{destination_service_name="${service}"}` });
      expectApart(released(plane, ARGO), during(plane, stable, tried), [labels(stable), labels(tried)]);
    });

    it('is measured by a query that Prometheus takes, and compared with the thresholds of alerts', () => {
      const [metric] = (spec(released(plane, ARGO).chart, 'AnalysisTemplate', 'cart') as any).metrics;
      expect(takesRules([{ record: 'asked', expr: metric.provider.prometheus.query }])).toBe('');
      expect(metric.successCondition).toBe('result[0] >= 0.995');
    });
  });
});

/** The query of a MetricTemplate with what Flagger puts in for a Canary of the Deployment `cart-v1`. */
function asFlaggerSends({ spec: template }: Manifest): string {
  const put: Readonly<Record<string, string>> = { namespace: 'shop', target: 'cart-v1', interval: '5m' };
  return String(template!.query).replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => put[name]);
}
