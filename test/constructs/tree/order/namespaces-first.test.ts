import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { DataPlane, IngressGateway, MeshNamespace, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { type Manifest, newChart, service } from '../../../builders';

const outdirs: string[] = [];

function newApp(yamlOutputType = YamlOutputType.FILE_PER_CHART): App {
  outdirs.push(fs.mkdtempSync(path.join(os.tmpdir(), 'charts-')));
  return new App({ outdir: outdirs.at(-1), yamlOutputType });
}

afterAll(() => outdirs.forEach((outdir) => fs.rmSync(outdir, { recursive: true })));

/** Names of the files that an App writes, in the order in which kubectl applies them. */
function filesOf(app: App): string[] {
  app.synth();
  return fs.readdirSync(app.outdir).sort();
}

/** Objects that `kubectl apply -f` would be refused, for their namespace comes only later. */
function refused(app: App): string[] {
  const objects = filesOf(app).flatMap((file) => Yaml.load(path.join(app.outdir, file)) as Manifest[]);
  const there = new Set<string>();
  return objects.flatMap(({ kind, metadata: { name, namespace } }) => {
    if (kind === 'Namespace') there.add(name);
    return namespace === undefined || there.has(namespace) ? [] : [`${kind} ${namespace}/${name}`];
  });
}

const raw = (scope: Chart, id: string, namespace?: string): ApiObject =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id, namespace } });

describe('the files of an App with a chart for each service', () => {
  const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });

  it.each(['first', 'last'])('begin with the namespace, declared %s', (order) => {
    const app = newApp();
    const declare = () => new ZeroTrustNamespace(new Chart(app, 'platform'), 'shop', { dataPlane });
    if (order === 'first') declare();
    const [cart, web] = ['cart', 'web'].map((id) => service(new Chart(app, id, { namespace: 'shop' }), id));
    if (order === 'last') declare();
    web.calls(cart);
    expect(filesOf(app)).toEqual(['0000-platform.k8s.yaml', '0001-cart.k8s.yaml', '0002-web.k8s.yaml']);
  });

  it('keep their names where no chart needs another', () => {
    const app = newApp();
    service(new ZeroTrustNamespace(new Chart(app, 'shop'), 'shop', { dataPlane }), 'cart');
    service(new ZeroTrustNamespace(new Chart(app, 'bank'), 'bank', { dataPlane }), 'ledger');
    expect(filesOf(app)).toEqual(['bank.k8s.yaml', 'shop.k8s.yaml']);
  });

  it('have the Namespace before what lives in it, in one chart too', () => {
    const chart = newChart('shop', { namespace: 'shop' });
    service(chart, 'cart');
    new ZeroTrustNamespace(chart, 'home', { name: 'shop', dataPlane });
    const kinds = (Testing.synth(chart) as Manifest[]).map(({ kind }) => kind);
    expect(kinds[0]).toBe('Namespace');
  });

  it('are written where two charts hold each other’s namespace', () => {
    const app = newApp();
    const [one, other] = [new Chart(app, 'one', { namespace: 'bank' }), new Chart(app, 'other', { namespace: 'shop' })];
    new MeshNamespace(one, 'shop', { dataPlane });
    new MeshNamespace(other, 'bank', { dataPlane });
    [one, other].forEach((chart) => service(chart, 'cart'));
    expect(filesOf(app)).toEqual(['0000-other.k8s.yaml', '0001-one.k8s.yaml']);
  });

  it('stay in the order that their user chose', () => {
    const app = newApp();
    const platform = new Chart(app, 'platform');
    const cart = new Chart(app, 'cart', { namespace: 'shop' });
    platform.addDependency(cart);
    new MeshNamespace(platform, 'shop', { dataPlane });
    service(cart, 'cart');
    expect(filesOf(app)).toEqual(['0000-cart.k8s.yaml', '0001-platform.k8s.yaml']);
  });

  it('are written where the chart of a service stands in that of its namespace', () => {
    const app = newApp();
    const platform = new Chart(app, 'platform');
    new MeshNamespace(platform, 'shop', { dataPlane });
    service(new Chart(platform, 'cart', { namespace: 'shop' }), 'cart');
    expect(filesOf(app)).toHaveLength(2);
  });

  it('begin with the namespace where a chart has objects of others alone', () => {
    const app = newApp();
    raw(new Chart(app, 'config', { namespace: 'shop' }), 'settings');
    service(new ZeroTrustNamespace(new Chart(app, 'platform'), 'shop', { dataPlane }), 'cart');
    expect(filesOf(app)).toEqual(['0000-platform.k8s.yaml', '0001-config.k8s.yaml']);
  });

  it('begin with a namespace that somebody else has made', () => {
    const app = newApp();
    service(new Chart(app, 'cart', { namespace: 'shop' }), 'cart');
    new k8s.KubeNamespace(new Chart(app, 'platform'), 'shop', { metadata: { name: 'shop' } });
    expect(filesOf(app)).toEqual(['0000-platform.k8s.yaml', '0001-cart.k8s.yaml']);
  });

  it('have the Namespace before objects of others that stand before it, or that another one needs', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop');
    const first = raw(chart, 'first');
    const namespace = new MeshNamespace(chart, 'shop', { dataPlane });
    const needed = raw(chart, 'needed', 'shop');
    first.node.addDependency(needed);
    new ApiObject(chart, 'last', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last' } }).node.addDependency(namespace);
    expect(refused(app)).toEqual([]);
  });

  it('leave before a namespace what its user has put there', () => {
    const chart = newChart();
    const quota = raw(chart, 'quota', 'shop');
    new MeshNamespace(chart, 'shop', { dataPlane }).node.addDependency(quota);
    raw(chart, 'other', 'shop');
    expect((Testing.synth(chart) as Manifest[]).map(({ metadata }) => metadata.name)).toEqual(['quota', 'shop', 'waypoint', 'other']);
  });

  it.each([[YamlOutputType.FILE_PER_CHART], [YamlOutputType.FILE_PER_APP]])(
    'are taken at the first apply, in whatever order charts are declared (%i)',
    (type) => {
      const ids = ['platform', 'edge', 'cart', 'web', 'config', 'team'];
      fc.assert(
        fc.property(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.boolean(), (order, namespacesFirst) => {
          expect(refused(shopOf(newApp(type), order, namespacesFirst))).toEqual([]);
        }),
        { numRuns: 12 },
      );
    },
  );

  function shopOf(app: App, order: readonly string[], namespacesFirst: boolean): App {
    const namespaceOf: Record<string, string> = { cart: 'shop', web: 'shop', config: 'edge', team: 'pay' };
    const charts = new Map(order.map((id) => [id, new Chart(app, id, { namespace: namespaceOf[id] })]));
    const chart = (id: string): Chart => charts.get(id)!;
    const declare = () => [
      new ZeroTrustNamespace(chart('platform'), 'shop', { dataPlane }),
      new ZeroTrustNamespace(chart('edge'), 'edge', { dataPlane }),
      new ZeroTrustNamespace(chart('team'), 'pay', { dataPlane }),
    ];
    const early = namespacesFirst ? declare() : undefined;
    const [cart, web, pay] = ['cart', 'web', 'team'].map((id) => service(chart(id), id));
    raw(chart('config'), 'settings');
    raw(chart('platform'), 'budget', 'edge');
    const edge = (early ?? declare())[1];
    web.calls(cart);
    cart.calls(pay);
    new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' }).expose(web, { host: 'shop.example.com' });
    return app;
  }
});
