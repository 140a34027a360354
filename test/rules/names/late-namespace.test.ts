import { App, Chart, YamlOutputType } from 'cdk8s';
import { DataPlane, MeshNamespace, MeshReport } from 'istio-constructs';
import { lateNamespace } from '../../../lib/rules/names/late-namespace';
import { service } from '../../builders';

const dataPlane = DataPlane.ambient();
const found = (app: App): string[] =>
  MeshReport.of(app)
    .findings.filter(({ code }) => code === lateNamespace.code)
    .map(({ path, text }) => `${path}: ${/got: (.*)/.exec(text)?.[1]}`);

describe(lateNamespace.title, () => {
  it('tells of a chart inside the chart of its namespace, which cdk8s writes first', () => {
    const app = new App();
    const platform = new Chart(app, 'platform');
    new MeshNamespace(platform, 'shop', { dataPlane });
    service(new Chart(platform, 'cart', { namespace: 'shop' }), 'cart');
    expect(found(app)).toEqual(['platform/shop: chart platform/cart inside chart platform']);
  });

  it('tells of two charts that hold the namespaces of each other', () => {
    const app = new App();
    const [one, other] = [new Chart(app, 'one', { namespace: 'bank' }), new Chart(app, 'other', { namespace: 'shop' })];
    new MeshNamespace(one, 'shop', { dataPlane });
    new MeshNamespace(other, 'bank', { dataPlane });
    service(other, 'cart');
    expect(found(app)).toEqual([]);
    service(one, 'ledger');
    expect(found(app)).toEqual(['one/shop: charts that are written before that of namespace shop']);
  });

  it('takes a chart for each service beside that of the namespace, and one chart for all', () => {
    const app = new App();
    const platform = new Chart(app, 'platform');
    service(new Chart(app, 'cart', { namespace: 'shop' }), 'cart');
    const shop = new MeshNamespace(platform, 'shop', { dataPlane });
    service(shop, 'web');
    expect(found(app)).toEqual([]);
  });

  it('says nothing of files that have no order', () => {
    const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const platform = new Chart(app, 'platform');
    new MeshNamespace(platform, 'shop', { dataPlane });
    service(new Chart(platform, 'cart', { namespace: 'shop' }), 'cart');
    expect(found(app)).toEqual([]);
  });
});
