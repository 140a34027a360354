import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { DataPlane, MeshNamespace, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { type Manifest, newChart, service } from '../../builders';

const outdirs: string[] = [];

function newApp(): App {
  outdirs.push(fs.mkdtempSync(path.join(os.tmpdir(), 'charts-')));
  return new App({ outdir: outdirs.at(-1) });
}

afterAll(() => outdirs.forEach((outdir) => fs.rmSync(outdir, { recursive: true })));

/** Names of the files that an App writes, in the order in which kubectl applies them. */
function filesOf(app: App): string[] {
  app.synth();
  return fs.readdirSync(app.outdir).sort();
}

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
});
