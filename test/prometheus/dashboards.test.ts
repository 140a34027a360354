import {
  DataPlane,
  MeshDashboard,
  type MeshedServiceProps,
  MeshPort,
  Migration,
  ReleaseDashboard,
  RequestCounter,
  ServiceDashboard,
  Waypoint,
} from 'istio-constructs';
import { blueGreen, canary, shop } from '../builders';
import { type EnforcerName, forEachEnforcer, forEachPlane } from '../for-each-plane';
import { durations, requests } from './emitted';
import { connections } from './emitted-connections';
import { boardsOf, type Chosen, emptyPanels, emptyQueries, refusedQueries, type Sent, sentBy, shows } from './grafana';
import { named } from './labels';
import type { Series } from './promtool';

/** A shop with all dashboards there are. */
function watched(plane: { readonly dataPlane: DataPlane }, ports = ALL, props: Partial<MeshedServiceProps> = {}) {
  const one = shop(plane, { ports: [...ports], ...props });
  new ServiceDashboard(one.shop, 'service', { service: one.cart });
  new ReleaseDashboard(one.shop, 'release', { service: one.cart, labels: { board: 'yes' }, datasource: 'prometheus' });
  new MeshDashboard(one.chart, 'mesh', { namespaceName: 'grafana' });
  const boards = () => boardsOf(one.chart);
  return { ...one, boards, board: (title: string) => boards().find((board) => board.title.startsWith(title))! };
}

const ALL: readonly MeshPort[] = [MeshPort.http(8080), MeshPort.grpc(9090), MeshPort.tcp(5432)];
const KINDS: ReadonlyArray<readonly [string, readonly MeshPort[], { readonly http: boolean; readonly bytes: boolean }]> = [
  ['HTTP', [MeshPort.http(8080), MeshPort.grpc(9090)], { http: true, bytes: false }],
  ['bytes', [MeshPort.tcp(5432)], { http: false, bytes: true }],
  ['all protocols', ALL, { http: true, bytes: true }],
];

/** Nothing is chosen, one namespace, and two, of which one has a letter that means something in regular expressions. */
const CHOICES: readonly Chosen[] = [{}, { namespace: ['shop'] }, { namespace: ['shop', 'a.b'] }];
const allSentBy = (boards: ReturnType<typeof boardsOf>): Sent[] =>
  boards.flatMap((one) => CHOICES.flatMap((chosen) => sentBy(one, chosen)));

const rate = (perMinute: number): string => `0+${perMinute}x60`;

/** What proxies count in a busy hour of requests to two versions, of which the second fails sometimes; nothing where there is ztunnel alone. */
function asked(enforcer: EnforcerName): Series[] {
  if (enforcer === 'ztunnel') return [];
  const plane = enforcer === 'sidecar' ? 'sidecar' : 'ambient';
  return [
    ...requests(plane, {}, rate(60)),
    ...requests(plane, { version: 'v2' }, rate(30)),
    ...requests(plane, { version: 'v2', code: '503' }, rate(30)),
    ...requests(plane, { grpcStatus: '0' }, rate(60)),
    ...requests(plane, { code: '503', flags: 'UO', isLost: true }, rate(6)),
    ...durations(plane, 20, 60, 60),
    ...durations(plane, 200, 60, 60, { version: 'v2' }),
  ];
}

/** The same of connections to them. */
function connected(enforcer: EnforcerName): Series[] {
  return [
    ...connections(enforcer, 30, 60),
    ...connections(enforcer, 30, 60, { version: 'v2' }),
    ...connections(enforcer, 6, 60, { flags: enforcer === 'sidecar' ? 'UC' : 'CONNECT' }),
  ];
}

/** The same of what the service sends itself, to one that has a proxy which reads it. */
function calling(enforcer: EnforcerName): Series[] {
  const said = { caller: 'cart', callee: 'product' };
  const read = requests(enforcer === 'sidecar' ? 'sidecar' : 'ambient', said, rate(12));
  return enforcer === 'sidecar' ? read : [...read, ...connections(enforcer, 6, 60, said)];
}

function istiod(): Series[] {
  const bucket = (le: string): Series => ({ series: named('pilot_proxy_convergence_time_bucket', { le }), values: rate(10) });
  return [
    { series: named('pilot_xds', { version: '1.31.0' }), values: '12x60' },
    { series: named('pilot_total_xds_rejects', { type: 'cds' }), values: rate(1) },
    bucket('0.1'),
    bucket('+Inf'),
  ];
}

describe('dashboards', () => {
  forEachEnforcer((plane) => {
    const plain = (ports: readonly MeshPort[]) => watched(plane, ports);

    it.each(KINDS)('ask of a service of %s in words of Prometheus, whatever is chosen', (_, ports) => {
      const sent = allSentBy(plain(ports).boards());
      expect(sent.length).toBeGreaterThan(80);
      expect(sent.filter(({ expr }) => expr.includes('$'))).toEqual([]);
      expect(refusedQueries(sent)).toBe('');
    });

    it.each(KINDS)('of a service of %s have an answer to each query', (_, ports, { http, bytes }) => {
      const { board } = plain(ports);
      const carried = bytes || plane.name !== 'sidecar' ? connected(plane.name) : [];
      const series = [...(http ? asked(plane.name) : []), ...carried, ...calling(plane.name)];
      expect(emptyQueries([...sentBy(board('Service')), ...sentBy(board('Release'))], { series })).toBe('');
    });

    it('of the mesh have something in each panel', () => {
      const sent = sentBy(plain(ALL).board('Mesh'));
      const series = [...asked(plane.name), ...connected(plane.name), ...istiod()];
      const readable = plane.name === 'ztunnel' ? sent.filter(({ expr }) => !expr.includes('istio_request')) : sent;
      expect(emptyPanels(readable, { series })).toBe('');
    });

    it('show which part comes by mutual TLS', () => {
      const inPlain = connections(plane.name, 30, 60, { caller: 'unknown', isPlain: true });
      const { board } = watched(plane, [MeshPort.tcp(5432)]);
      for (const title of ['Service', 'Mesh'])
        expect(
          shows(board(title), 'Mutual TLS', { series: [...connected(plane.name), ...inPlain] }, [{ labels: '{}', value: 0.688 }], 'tcp'),
        ).toBe('');
    });
  });
});

describe('dashboards', () => {
  forEachPlane((plane) => {
    it('show the errors that alerts compare, with requests that reached no pod', () => {
      const one = watched({ dataPlane: plane.of({ sidecar: plane.dataPlane, ambient: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) }) });
      const series = asked(plane.of<EnforcerName>({ sidecar: 'sidecar', ambient: 'waypoint' }));
      for (const title of ['Service', 'Release'])
        expect(shows(one.board(title), 'Errors', { series }, [{ labels: '{}', value: 0.194 }])).toBe('');
    });
  });

  it('show the errors of pods alone where these count', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    new ServiceDashboard(one.shop, 'service', { service: one.cart, countedBy: RequestCounter.PODS });
    const [board] = boardsOf(one.chart);
    expect(shows(board, 'Errors', { series: asked('sidecar') }, [{ labels: '{}', value: 0.167 }])).toBe('');
  });

  const sidecar = { dataPlane: DataPlane.sidecar() };

  it.each<[string, Parameters<typeof watched>, (one: ReturnType<typeof watched>) => unknown]>([
    ['with a canary', [sidecar], ({ cart }) => canary(cart)],
    ['with a canary behind a waypoint', [{ dataPlane: DataPlane.ambient() }], ({ cart }) => canary(cart)],
    ['blue and green', [sidecar], ({ cart }) => blueGreen(cart)],
    ['blue and green behind a waypoint', [{ dataPlane: DataPlane.ambient() }], ({ cart }) => blueGreen(cart)],
    ['whose pods move', [{ dataPlane: DataPlane.ambient({ migration: Migration.wave(1) }) }], () => undefined],
  ])('ask in words of Prometheus of a service %s', (_, said, more) => {
    const one = watched(...said);
    more(one);
    expect(refusedQueries(allSentBy(one.boards()))).toBe('');
  });

  it.each([
    ['a bracket that is open', 'sum(rate(istio_requests_total[4m0s])'],
    ['a rate of nothing', 'sum(rate(istio_requests_total))'],
    ['a variable that Grafana does not know', 'istio_requests_total{destination_service_namespace=~"$namespaces"}[$__rate]'],
    ['an expression that is none', 'istio_requests_total{response_code=~"5(."}'],
  ])('are judged by a reader that refuses %s', (_, expr) => {
    expect(refusedQueries([{ board: 'Mesh', panel: 'Errors', expr }])).toContain('panel:0');
  });

  it('would be found empty where they asked whom nobody is in their plane', () => {
    const board = watched(sidecar).board('Service');
    expect(emptyQueries(sentBy(board), { series: [...asked('waypoint'), ...connected('waypoint')] })).toContain('istio_requests_total');
    expect(emptyPanels(sentBy(board), { series: [] })).toContain('istio_request_duration_milliseconds_bucket');
  });
});
