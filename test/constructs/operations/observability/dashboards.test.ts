import {
  DataPlane,
  MeshDashboard,
  MeshedService,
  MeshPort,
  ReleaseDashboard,
  RequestCounter,
  ServiceAlerts,
  ServiceDashboard,
  Waypoint,
} from 'istio-constructs';
import { canary, edgeGateway, findingCodes, manifest, newChart, service, shop, spec } from '../../../builders';
import { type Dashboard, dashboardOf, isPromQl, queriesOf, titlesOf } from '../../../dashboards';
import { forEachPlane } from '../../../for-each-plane';
import { grafanaFaults } from '../../../grafana-faults';

const ambient = { dataPlane: DataPlane.ambient() };
const sidecar = { dataPlane: DataPlane.sidecar() };

function board(plane: { readonly dataPlane: DataPlane }, props: Parameters<typeof shop>[1] = {}) {
  const one = shop(plane, props);
  new ServiceDashboard(one.shop, 'cart-dashboard', { service: one.cart });
  return { ...one, now: (): Dashboard => dashboardOf(one.chart, 'cart-dashboard') };
}

const withPanel = (board: Dashboard, changed: object): Dashboard => ({
  ...board,
  panels: board.panels.map((panel, index) => (index === 1 ? { ...panel, ...changed } : panel)),
});

forEachPlane((plane) => {
  it('is a ConfigMap that the sidecar of Grafana finds, whose queries Prometheus reads, and no finding', () => {
    const one = board(plane);
    canary(one.cart);
    new ReleaseDashboard(one.shop, 'cart-versions', { service: one.cart, namespaceName: 'grafana', labels: { board: 'yes' } });
    new MeshDashboard(one.chart, 'mesh-dashboard', { datasource: 'prom' });

    expect(manifest(one.chart, 'ConfigMap', 'cart-dashboard').metadata).toMatchObject({
      namespace: 'monitoring',
      labels: { grafana_dashboard: '1' },
    });
    expect(manifest(one.chart, 'ConfigMap', 'cart-versions').metadata).toMatchObject({ namespace: 'grafana', labels: { board: 'yes' } });
    const boards = ['cart-dashboard', 'cart-versions', 'mesh-dashboard'].map((name) => dashboardOf(one.chart, name));
    expect(boards.flatMap(queriesOf).length).toBeGreaterThan(40);
    expect(boards.flatMap(queriesOf).filter((query) => !isPromQl(query))).toEqual([]);
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(3);
    expect(findingCodes(one.chart)).toEqual([]);
  });

  it('is valid against the schema of Grafana', () => {
    const one = board(plane);
    canary(one.cart);
    new ReleaseDashboard(one.shop, 'cart-versions', { service: one.cart });
    new MeshDashboard(one.chart, 'mesh-dashboard');

    expect(grafanaFaults(['cart-dashboard', 'cart-versions', 'mesh-dashboard'].map((name) => dashboardOf(one.chart, name)))).toEqual([]);
  });

  it('finds pods by the labels by which Kiali groups applications and versions', () => {
    const { chart, cart } = board(plane);
    canary(cart);
    const labels = ['cart-v1', 'cart-v2'].map(
      (name) => (manifest(chart, 'Deployment', name).spec as { template: { metadata: { labels: object } } }).template.metadata.labels,
    );

    expect(labels).toEqual([
      expect.objectContaining({ app: 'cart', version: 'v1' }),
      expect.objectContaining({ app: 'cart', version: 'v2' }),
    ]);
  });
});

it.each([
  ['a field that no dashboard has', (board: Dashboard) => ({ ...board, tittle: 'a' })],
  ['a query without an expression', (board: Dashboard) => withPanel(board, { targets: [{ refId: 'A' }] })],
  ['a kind of panel that nobody draws', (board: Dashboard) => withPanel(board, { type: 'lines' })],
  ['a place of a legend that is none', (board: Dashboard) => withPanel(board, { options: { legend: { placement: 'left' } } })],
])('is judged by a schema that refuses %s', (_, wrong) => {
  expect(grafanaFaults([wrong(board(sidecar).now())])).not.toEqual([]);
});

it('asks the sidecars of callers, by the hosts of all Services over its pods', () => {
  const one = board(sidecar);
  expect(queriesOf(one.now())[0]).toBe(
    'sum by (response_code) (rate(istio_requests_total{reporter="source",destination_service="cart.shop.svc.cluster.local"}[$__rate_interval]))',
  );
  expect(titlesOf(one.now())).toEqual([
    ...['# Requests', 'Request rate', 'Errors', 'Latency', '# Saturation', 'Requests in flight', 'Given up'],
    ...['# Versions', 'Request rate of versions', 'Errors of versions', 'Latency of versions'],
    ...['# Calls', 'Callers', 'Callees', 'Mutual TLS'],
  ]);
});

it('asks the waypoint about requests and ztunnel about connections, also where a canary needs the waypoint later', () => {
  const one = board(ambient);
  expect(titlesOf(one.now())).not.toContain('Request rate');
  expect(one.now().description).toContain('A waypoint would');
  expect(queriesOf(one.now()).join()).not.toContain('istio_requests_total{reporter="waypoint"');

  canary(one.cart);
  const [first] = queriesOf(one.now());
  const hosts = ['cart-v1', 'cart-v2', 'cart'].map((name) => `${name}[.]shop[.]svc[.]cluster[.]local`).join('|');
  expect(first).toContain(`{reporter="waypoint",destination_service=~"${hosts}"}`);
  expect(titlesOf(one.now())).toEqual(expect.arrayContaining(['Request rate', '# Connections', 'Connections opened']));
  const shares = queriesOf(one.now()).filter((query) => query.includes('mutual_tls'));
  expect(shares).toHaveLength(1);
  expect(shares[0]).toContain('istio_tcp_connections_opened_total{reporter="destination"');
});

it('asks for no waypoint', () => {
  const { chart } = board({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) });
  expect(findingCodes(chart)).toEqual([]);
});

it('knows of ports that carry bytes what sidecars know of connections', () => {
  const one = board(sidecar, { ports: [MeshPort.tcp(5432)] });
  expect(titlesOf(one.now())).toEqual(expect.arrayContaining(['Callers by connections', 'Connections open', 'Mutual TLS']));
  expect(titlesOf(one.now())).not.toContain('Request rate');
});

it('is about a service of another program as well', () => {
  const chart = newChart();
  const ports = [MeshPort.http(8080)];
  const invoice = MeshedService.fromAttributes(chart, 'invoice', { namespaceName: 'billing', ports, ...ambient, waypoint: 'waypoint' });
  new ServiceDashboard(chart, 'invoice-dashboard', { service: invoice });
  expect(queriesOf(dashboardOf(chart, 'invoice-dashboard'))[0]).toContain(
    '{reporter="waypoint",destination_service="invoice.billing.svc.cluster.local"}',
  );
});

it('compares versions by workload and label', () => {
  const one = shop(sidecar);
  canary(one.cart);
  new ReleaseDashboard(one.shop, 'cart-versions', { service: one.cart });
  expect(titlesOf(dashboardOf(one.chart, 'cart-versions'))[1]).toBe('Request rate of versions');
  expect(queriesOf(dashboardOf(one.chart, 'cart-versions'))[0]).toMatch(/^sum by \(destination_workload, destination_version\) /);
});

it('counts as alerts about the service do', () => {
  for (const countedBy of [undefined, RequestCounter.CALLERS, RequestCounter.PODS]) {
    const one = shop(sidecar);
    canary(one.cart);
    edgeGateway(one.chart, DataPlane.sidecar()).expose(one.cart, { host: 'shop.example.com' });
    new ServiceDashboard(one.shop, 'service', { service: one.cart, countedBy });
    new ReleaseDashboard(one.shop, 'release', { service: one.cart, countedBy });
    new ServiceAlerts(one.shop, 'alerts', { service: one.cart, countedBy });
    const [{ rules }] = spec(one.chart, 'PrometheusRule', 'alerts').groups as [{ rules: { alert: string; expr: string }[] }];
    const [counted] = /istio_requests_total\{reporter="\w+",destination_service=~"[^"]*/.exec(rules[0].expr)!;
    for (const name of ['service', 'release']) {
      const rates = queriesOf(dashboardOf(one.chart, name)).filter((query) => query.includes('response_code'));
      expect(rates.length).toBeGreaterThan(1);
      expect(rates.filter((query) => !query.includes(counted))).toEqual([]);
    }
  }
});

it('counts each request of the mesh once, in the namespaces that are chosen', () => {
  const chart = newChart();
  new MeshDashboard(chart, 'mesh-dashboard');
  const board = dashboardOf(chart, 'mesh-dashboard');
  expect(queriesOf(board)[0]).toContain('{reporter=~"destination|waypoint",destination_service_namespace=~"$namespace"}');
  expect(board.templating?.list.map(({ name, query }) => [name, query])).toEqual([
    ['datasource', 'prometheus'],
    ['namespace', 'label_values(istio_requests_total, destination_service_namespace)'],
  ]);
});

it('offers its objects', () => {
  const one = shop(sidecar);
  const boards = [
    new MeshDashboard(one.chart, 'a'),
    new ServiceDashboard(one.chart, 'b', { service: one.cart }),
    new ReleaseDashboard(one.chart, 'c', { service: one.cart }),
  ];
  expect(boards.map(({ objects, configMap }) => objects.length === 1 && objects[0] === configMap)).toEqual([true, true, true]);
});

describe('fails for', () => {
  it.each(['', 'my prometheus', '${datasource}', 'p'.repeat(41)])("the data source '%s'", (datasource) => {
    expect(() => new MeshDashboard(newChart(), 'mesh-dashboard', { datasource })).toThrow('MESH700');
  });

  it('a count of pods that hold no proxy', () => {
    const one = shop(ambient);
    const props = { service: one.cart, countedBy: RequestCounter.PODS };
    expect(() => new ServiceDashboard(one.shop, 'a', props)).toThrow('MESH718');
    expect(() => new ReleaseDashboard(one.shop, 'b', props)).toThrow('MESH718');
    const ports = [MeshPort.http(8080)];
    const invoice = MeshedService.fromAttributes(one.chart, 'invoice', { namespaceName: 'billing', ports, ...ambient });
    expect(() => new ServiceDashboard(one.chart, 'c', { ...props, service: invoice })).toThrow('MESH718');
  });

  it('labels that are none, and what is no service of the mesh', () => {
    expect(() => new MeshDashboard(newChart(), 'mesh-dashboard', { labels: { 'a b': '1' } })).toThrow('MESH820');
    expect(() => new MeshDashboard(newChart(), 'Mesh')).toThrow('MESH001');
    const other = { service: 'cart' } as unknown as { service: MeshedService };
    expect(() => new ServiceDashboard(newChart(), 'a', other)).toThrow('a MeshedService');
  });
});

it('stays as it is for a service that nobody knows yet', () => {
  const one = shop(ambient);
  const late = service(one.shop, 'late', { ports: [MeshPort.http(80)] });
  new ServiceDashboard(one.shop, 'late-dashboard', { service: late });
  expect(dashboardOf(one.chart, 'late-dashboard').title).toBe('Service shop/late');
});
