import { Duration } from 'cdk8s';
import {
  AlertThresholds,
  DataPlane,
  MeshPort,
  RequestCounter,
  ServiceAlert,
  ServiceAlerts,
  type ServiceAlertsProps,
} from 'istio-constructs';
import { canary, shop } from '../builders';
import { forEachPlane, type PlaneName, type PlaneUnderTest } from '../for-each-plane';
import { durations, refused, requests } from './emitted';
import { closedConnections } from './emitted-connections';
import { checkRules, fires, type Series } from './promtool';

/** A shop whose cart is watched, with a version v2 that gets a tenth of the requests. */
function watched(plane: PlaneUnderTest, props: Partial<ServiceAlertsProps> = {}) {
  const one = shop(plane, { ports: [MeshPort.http(8080), MeshPort.grpc(9090)] });
  canary(one.cart, { weight: 10 });
  new ServiceAlerts(one.shop, 'alerts', { service: one.cart, ...props });
  return one.chart;
}

const good = (plane: PlaneName): Series[] => requests(plane, {}, '0+100x60');
const some = (plane: PlaneName, emitted: object, rate: number): Series[] => requests(plane, emitted, `0+${rate}x60`);
const URGENT = { critical: 1 };
const ORDINARY = { warning: 1 };

type Told = Readonly<Record<string, number>>;

/** What is seen, by alert and by plane, and whether it is told within an hour. */
type Row = readonly [what: string, seen: (plane: PlaneName) => readonly Series[], told: Told];

const OF_VERSIONS =
  (rate: number): Row['1'] =>
  (plane) => [...good(plane), ...some(plane, { version: 'v2' }, 10), ...some(plane, { version: 'v2', code: '500' }, rate)];

const ROWS: Readonly<Record<ServiceAlert, readonly Row[]>> = {
  [ServiceAlert.ERRORS]: [
    ['two of a hundred requests fail', (plane) => [...good(plane), ...some(plane, { code: '503' }, 2)], URGENT],
    ['gRPC requests fail by their status', (plane) => [...good(plane), ...some(plane, { grpcStatus: '14' }, 5)], URGENT],
    ['one of two hundred fails', (plane) => [...requests(plane, {}, '0+200x60'), ...some(plane, { code: '503' }, 1)], {}],
    ['the one request of ten minutes fails', (plane) => requests(plane, { code: '500' }, '0x9 1x9 2x9 3x9 4x9 5x9 6'), {}],
    ['callers send what they may not', (plane) => [...good(plane), ...some(plane, { code: '404' }, 50)], {}],
    ['none fails', good, {}],
  ],
  [ServiceAlert.SLOW]: [
    [
      'two of a hundred take two seconds',
      (plane) => [...durations(plane, 20, 98, 60), ...durations(plane, 2000, 2, 60, { code: '201' }), ...good(plane)],
      ORDINARY,
    ],
    ['all take 400 ms', (plane) => [...durations(plane, 400, 98, 60), ...good(plane)], {}],
    ['nobody calls', () => [], {}],
  ],
  [ServiceAlert.NO_TRAFFIC]: [
    ['nobody ever called', () => [], ORDINARY],
    ['nobody has called for an hour', (plane) => requests(plane, {}, '100x60'), ORDINARY],
    ['somebody calls', good, {}],
    ['somebody has called a quarter of an hour ago', (plane) => requests(plane, {}, '0+100x45 4500x15'), {}],
  ],
  [ServiceAlert.RETRIES_EXHAUSTED]: [
    ['all tries of many requests fail', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UF,URX' }, 5)], ORDINARY],
    ['pods answer every try with 503', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'URX' }, 5)], ORDINARY],
    ['requests fail that nobody tries again', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UF' }, 5)], {}],
    ['none fails', good, {}],
  ],
  [ServiceAlert.CIRCUIT_BREAKER_OPEN]: [
    ['a limit is reached', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UO', isLost: true }, 5)], URGENT],
    ['all pods are left out', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UH', isLost: true }, 5)], URGENT],
    ['the budget for retries is used up', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UO' }, 5)], URGENT],
    ['the service itself answers 503', (plane) => [...good(plane), ...some(plane, { code: '503' }, 5)], {}],
    ['a pod closes connections', (plane) => [...good(plane), ...some(plane, { code: '503', flags: 'UC' }, 5)], {}],
  ],
  [ServiceAlert.DENIED]: [
    ['a tenth of the requests is refused', (plane) => [...good(plane), ...refused(plane, '0+11x60')], ORDINARY],
    ['one of a hundred is', (plane) => [...good(plane), ...refused(plane, '0+1x60')], {}],
    ['none is', good, {}],
  ],
  [ServiceAlert.CONNECTIONS_DENIED]: [
    ['connections go well', () => [closedConnections('-', '0+100x60')], {}],
    ['pods take none', () => [closedConnections('-', '0+100x60'), closedConnections('CONNECT', '0+50x60')], {}],
  ],
  [ServiceAlert.CANARY_ERRORS]: [
    ['a third of the requests to v2 fails', OF_VERSIONS(5), URGENT],
    ['v2 fails no more often than v1', (plane) => [...OF_VERSIONS(5)(plane), ...some(plane, { code: '500' }, 50)], {}],
    ['v2 does not fail', OF_VERSIONS(0), {}],
    ['nobody asks v2', good, {}],
  ],
  [ServiceAlert.CANARY_SLOW]: [
    [
      'v2 takes longer than v1',
      (plane) => [
        ...good(plane),
        ...durations(plane, 200, 90, 60),
        ...durations(plane, 900, 10, 60, { version: 'v2' }),
        ...some(plane, { version: 'v2' }, 10),
      ],
      URGENT,
    ],
    [
      'both take long',
      (plane) => [
        ...good(plane),
        ...durations(plane, 900, 90, 60),
        ...durations(plane, 900, 10, 60, { version: 'v2' }),
        ...some(plane, { version: 'v2' }, 10),
      ],
      {},
    ],
    [
      'v2 takes longer by what nobody notices',
      (plane) => [
        ...good(plane),
        ...durations(plane, 5, 90, 60),
        ...durations(plane, 20, 10, 60, { version: 'v2' }),
        ...some(plane, { version: 'v2' }, 10),
      ],
      {},
    ],
  ],
};

forEachPlane((plane) => {
  const chart = watched(plane);

  describe('rules of ServiceAlerts', () => {
    it('are taken by promtool', () => {
      expect(checkRules(chart)).toBe('');
      const thresholds = AlertThresholds.of({ errorPercent: 0.1, silence: Duration.seconds(90), canaryFactor: 1.5 });
      expect(checkRules(watched(plane, { thresholds, without: [ServiceAlert.SLOW] }))).toBe('');
    });

    const rows = Object.entries(ROWS).flatMap(([alert, all]) => all.map((row) => [alert, ...row] as const));
    it.each(rows)('%s: where %s', (alert, _, seen, told) => {
      expect(fires(chart, alert, { series: seen(plane.name) }, '1h', told)).toBe('');
    });
  });
});

describe('rules of ServiceAlerts', () => {
  forEachPlane((plane) => {
    it('tell of connections that ztunnel refuses, where there is one', () => {
      const series = [closedConnections('-', '0+10x60'), closedConnections('DENY', '0+10x60')];
      const told = plane.of<Told>({ sidecar: {}, ambient: ORDINARY });
      expect(fires(watched(plane), ServiceAlert.CONNECTIONS_DENIED, { series }, '1h', told)).toBe('');
    });

    it('take 403 of the service itself for a refusal where its sidecar counts, and nowhere else', () => {
      const series = [...good(plane.name), ...some(plane.name, { code: '403' }, 11)];
      const told = plane.of<Told>({ sidecar: ORDINARY, ambient: {} });
      expect(fires(watched(plane), ServiceAlert.DENIED, { series }, '1h', told)).toBe('');
    });

    it('compare with thresholds of your own', () => {
      const chart = watched(plane, { thresholds: AlertThresholds.of({ errorPercent: 10 }) });
      expect(fires(chart, ServiceAlert.ERRORS, { series: [...good(plane.name), ...some(plane.name, { code: '500' }, 5)] }, '1h', {})).toBe(
        '',
      );
      expect(
        fires(chart, ServiceAlert.ERRORS, { series: [...good(plane.name), ...some(plane.name, { code: '500' }, 20)] }, '1h', URGENT),
      ).toBe('');
    });
  });

  it('hear of callers without a proxy that somebody calls', () => {
    const series = good('sidecar').filter((one) => one.series.includes('reporter="destination"'));
    for (const countedBy of [RequestCounter.CALLERS, RequestCounter.PODS]) {
      const one = shop({ dataPlane: DataPlane.sidecar() });
      new ServiceAlerts(one.shop, 'alerts', { service: one.cart, countedBy });
      expect(fires(one.chart, ServiceAlert.NO_TRAFFIC, { series }, '1h', {})).toBe('');
    }
  });
});
