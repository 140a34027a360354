import { Duration } from 'cdk8s';
import { type LatencyObjective, MeshPort, RequestCounter, ServiceObjectives, type ServiceObjectivesProps } from 'istio-constructs';
import { canary, edgeGateway, shop } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { durations, requests, WRITTEN } from './emitted';
import { answers, checkRules, fires } from './promtool';

const BURN = 'MeshAvailabilityBudgetBurn';
const SLOW = 'MeshLatencyBudgetBurn';
const IN_TIME: LatencyObjective = { percentile: 99, below: Duration.millis(300) };
const DAYS = 4 * 288; // of five minutes

/** A shop whose cart promises something. */
function promising(plane: PlaneUnderTest, props: Partial<ServiceObjectivesProps>, ports = [MeshPort.http(8080)]) {
  const one = shop(plane, { ports });
  new ServiceObjectives(one.shop, 'objectives', { service: one.cart, ...props });
  return one;
}

forEachPlane((plane) => {
  const { name } = plane;
  const good = requests(name, {}, '0+1000x180');
  const failing = (rate: number, emitted = {}) => requests(name, { code: '503', ...emitted }, `0+${rate}x180`);

  describe('rules of ServiceObjectives', () => {
    it.each([7, 28, 30, 90])('are taken by promtool, over %d days', (days) => {
      const { chart } = promising(plane, { availability: 99.95, latency: [IN_TIME], window: Duration.days(days) });
      expect(checkRules(chart)).toBe('');
    });

    it('fire where 2 % of the requests fail, which uses up a month of 0.1 % in less than two days', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      const series = [...good, ...failing(21)];
      expect(fires(chart, BURN, { series }, '2h', { critical: 1, warning: 1 })).toBe('');
    });

    it('are silent where fewer fail than may, where none does, and where nobody calls', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      expect(fires(chart, BURN, { series: [...good, ...requests(name, { code: '500' }, '0+1x18')] }, '3h', {})).toBe('');
      expect(fires(chart, BURN, { series: good }, '3h', {})).toBe('');
      expect(fires(chart, BURN, { series: requests(name, {}, '7x180') }, '3h', {})).toBe('');
      expect(fires(chart, BURN, { series: [] }, '3h', {})).toBe('');
    });

    it('are silent again a few minutes after the errors have ended', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      const series = [...good, ...requests(name, { code: '500' }, '0+21x90 1890x90')];
      expect(fires(chart, BURN, { series }, '1h30m', { critical: 1, warning: 1 })).toBe('');
      expect(fires(chart, BURN, { series }, '2h30m', { warning: 1 })).toBe('');
    });

    it('tell in the morning of errors that use up the budget in a month, and wake nobody', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      const series = [...requests(name, {}, `0+10000x${DAYS}`), ...requests(name, { code: '500' }, `0+15x${DAYS}`)];
      expect(fires(chart, BURN, { series, interval: '5m' }, '80h', { warning: 1 })).toBe('');
    });

    it('count no answer as failed that callers are to blame for, or that nobody waited for', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      const series = [...good, ...failing(300, { code: '404' }), ...failing(300, { code: '0', flags: 'DC' })];
      expect(fires(chart, BURN, { series }, '2h', {})).toBe('');
    });

    it('count requests that reached no pod', () => {
      const { chart } = promising(plane, { availability: 99.9 });
      const series = [...good, ...failing(100, { flags: 'UH', isLost: true })];
      expect(fires(chart, BURN, { series }, '2h', { critical: 1, warning: 1 })).toBe('');
    });

    it('count failed gRPC requests by their status, and once', () => {
      const { chart } = promising(plane, { availability: 99 }, [MeshPort.grpc(8080)]);
      const ok = requests(name, { grpcStatus: '0' }, '0+900x180');
      const share = (series: typeof ok, value: number) =>
        answers(chart, 'mesh_service:failed_requests:ratio_rate1h', { series }, '2h', [
          { labels: 'mesh_service:failed_requests:ratio_rate1h{namespace="shop",service="cart"}', value },
        ]);
      expect(share([...ok, ...failing(100, { code: '200', grpcStatus: '14' })], 0.1)).toBe('');
      expect(share([...ok, ...failing(100, { code: '503', grpcStatus: '14' })], 0.1)).toBe('');
      expect(share([...ok, ...failing(100, { code: '200', grpcStatus: '5' })], 0)).toBe('');
    });

    it('count what is sent to the Services of versions', () => {
      const one = promising(plane, { availability: 99.9 });
      canary(one.cart, { weight: 10 });
      const service = plane.of({ sidecar: 'cart', ambient: 'cart-v2' });
      const series = [...good, ...failing(100, { service, version: 'v2' })];
      expect(fires(one.chart, BURN, { series }, '2h', { critical: 1, warning: 1 })).toBe('');
      expect(fires(one.chart, BURN, { series: [...good, ...failing(100, { service: 'other' })] }, '2h', {})).toBe('');
    });

    it('count what a gateway sends to the Services of versions', () => {
      const one = promising(plane, { availability: 99.9 });
      canary(one.cart, { weight: 10 });
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const series = [...good, ...failing(100, { caller: 'gateway', service: 'cart-v2', version: 'v2' })];
      expect(fires(one.chart, BURN, { series }, '2h', { critical: 1, warning: 1 })).toBe('');
    });

    it.each(Object.entries(WRITTEN))('find the buckets of %s, and fire where too many requests are slow', (_, write) => {
      const { chart } = promising(plane, { latency: [IN_TIME] });
      const series = [...durations(name, 20, 900, 180, {}, write), ...durations(name, 800, 300, 180, { code: '201' }, write)];
      expect(fires(chart, SLOW, { series }, '2h', { critical: 1, warning: 1 })).toBe('');
      expect(fires(chart, SLOW, { series: durations(name, 20, 900, 180, {}, write) }, '2h', {})).toBe('');
    });

    it.each([
      [250, 0.5],
      [300, 0.4],
      [500, 0],
    ])('take requests to be spread evenly between two buckets: %d ms', (ms, value) => {
      const { chart } = promising(plane, { latency: [{ percentile: 90, below: Duration.millis(ms) }] });
      const series = [...durations(name, 20, 500, 180), ...durations(name, 400, 500, 180, { code: '201' })];
      const labels = `{namespace="shop",service="cart",percentile="90",below="${ms}ms"}`;
      expect(answers(chart, 'round(mesh_service:slow_requests:ratio_rate5m, 0.001)', { series }, '2h', [{ labels, value }])).toBe('');
    });

    it('record what is left of the budget', () => {
      const { chart } = promising(plane, { availability: 99, window: Duration.days(7) });
      const series = [...requests(name, {}, '0+995x180'), ...failing(5)];
      const left = 'mesh_service:failed_requests:budget_left_ratio';
      expect(answers(chart, left, { series }, '3h', [{ labels: `${left}{namespace="shop",service="cart"}`, value: 0.5 }])).toBe('');
    });

    it('call alerts as urgent as somebody says', () => {
      const { chart } = promising(plane, { availability: 99.9, severity: { urgent: 'page', ordinary: 'ticket' } });
      expect(fires(chart, BURN, { series: [...good, ...failing(100)] }, '2h', { page: 1, ticket: 1 })).toBe('');
    });
  });
});

describe('rules of ServiceObjectives that count at the pods', () => {
  forEachPlane((plane) => {
    if (plane.name === 'ambient') return;
    it('hear of callers without a proxy, and of no request that reached no pod', () => {
      const { chart } = promising(plane, { availability: 99.9, countedBy: RequestCounter.PODS });
      const unseen = (emitted: object) =>
        requests('sidecar', { code: '503', ...emitted }, '0+100x180').filter(({ series }) => series.includes('reporter="destination"'));
      const good = requests('sidecar', {}, '0+1000x180');
      expect(fires(chart, BURN, { series: [...good, ...unseen({})] }, '2h', { critical: 1, warning: 1 })).toBe('');
      expect(fires(chart, BURN, { series: [...good, ...requests('sidecar', { code: '503', isLost: true }, '0+100x180')] }, '2h', {})).toBe(
        '',
      );
    });
  });
});
