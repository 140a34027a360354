import { ApiObject, App, Chart, Yaml, YamlOutputType } from 'cdk8s';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpAccess, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { canary, edgeGateway, manifests, service } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'synth-'));

function program(
  { dataPlane }: PlaneUnderTest,
  outdir: string,
  yamlOutputType?: YamlOutputType,
): { app: App; chart: Chart; break: () => void } {
  const app = new App({ outdir, yamlOutputType });
  const chart = new Chart(app, 'shop');
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [cart, product] = [service(shop, 'cart'), service(shop, 'product')];
  cart.calls(product, { http: [HttpAccess.get('/products/*')] });
  canary(cart);
  edgeGateway(chart, dataPlane).expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
  return { app, chart, break: () => cart.calls(product, { port: 1 }) };
}

describe('App.synth', () => {
  forEachPlane((plane) => {
    it('writes what the chart renders, and the same again', () => {
      const folder = newFolder();
      const { app, chart } = program(plane, folder);
      app.synth();
      const written = readFileSync(join(folder, 'shop.k8s.yaml'), 'utf8');
      expect(written).toBe(Yaml.stringify(...manifests(chart)));
      app.synth();
      expect(readFileSync(join(folder, 'shop.k8s.yaml'), 'utf8')).toBe(written);
      expect(app.synthYaml()).toBe(written);
    });

    it('writes what was said between two synths', () => {
      const folder = newFolder();
      const { app, chart } = program(plane, folder);
      app.synth();
      service(new ZeroTrustNamespace(chart, 'late', { dataPlane: plane.dataPlane }), 'search');
      app.synth();
      expect(readFileSync(join(folder, 'shop.k8s.yaml'), 'utf8')).toContain('name: search-v1');
    });

    it('writes many charts as each renders by itself, and validates the App once for all', () => {
      const folder = newFolder();
      const app = new App({ outdir: folder });
      new ZeroTrustNamespace(new Chart(app, 'platform'), 'shop', { dataPlane: plane.dataPlane });
      const charts = ['cart', 'product', 'search'].map((id) => new Chart(app, id, { namespace: 'shop' }));
      const services = charts.map((chart) => service(chart, chart.node.id));
      services[0].calls(services[1]);
      let asked = 0;
      charts[2].node.addValidation({ validate: () => (asked++, []) });
      app.synth();
      expect(asked).toBe(1);
      const written = charts.map((chart) => readdirSync(folder).find((file) => file.endsWith(`-${chart.node.id}.k8s.yaml`))!);
      const contents = written.map((file) => readFileSync(join(folder, file), 'utf8'));
      expect(contents).toEqual(charts.map((chart) => Yaml.stringify(...(chart.toJson() as object[]))));
    });

    it('writes an object a file when it is asked to', () => {
      const folder = newFolder();
      program(plane, folder, YamlOutputType.FILE_PER_RESOURCE).app.synth();
      expect(readdirSync(folder)).toContain('Deployment.cart-v2.k8s.yaml');
    });

    it('fails before it writes anything', () => {
      const folder = newFolder();
      const broken = program(plane, folder);
      broken.break();
      expect(() => broken.app.synth()).toThrow('MESH203');
      expect(() => broken.app.synthYaml()).toThrow('MESH203');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

describe('MeshReport.toJson', () => {
  forEachPlane((plane) => {
    it('says who runs, who may call whom, how traffic is shared, and which objects come of it', () => {
      const { chart } = program(plane, newFolder());
      const report = JSON.parse(MeshReport.of(chart).toJson()) as Record<string, object[]>;
      expect(report).toMatchObject({ trustDomain: 'cluster.local', clusterDomain: 'cluster.local' });
      expect(report.namespaces).toMatchObject([
        { name: 'edge', mode: plane.name, zeroTrust: false },
        { name: 'shop', mode: plane.name, zeroTrust: true },
      ]);
      expect(report.services).toMatchObject([
        { name: 'cart', versions: ['v1', 'v2'] },
        { name: 'product', versions: ['v1'] },
      ]);
      expect(report.calls).toMatchObject([
        { caller: 'gateway:edge/gateway', callee: 'service:shop/cart', action: 'ALLOW' },
        {
          caller: 'service:shop/cart',
          callee: 'service:shop/product',
          action: 'ALLOW',
          http: [{ methods: ['GET'], paths: ['/products/*'] }],
        },
      ]);
      expect(report.routes).toMatchObject([
        { service: 'service:shop/cart', router: plane.of({ sidecar: 'istio', ambient: 'gateway-api' }) },
      ]);
      expect(report.exposures).toMatchObject([{ gateway: 'gateway:edge/gateway', service: 'service:shop/cart', pathPrefix: '/cart' }]);
      expect(report.objects).toHaveLength(manifests(chart).length);
    });

    it('has the items of a list in it, and no list', () => {
      const { chart } = program(plane, newFolder());
      const items = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } }));
      new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items } as never);
      const { objects } = JSON.parse(MeshReport.of(chart).toJson()) as Record<string, object[]>;
      const found = objects.filter((one) => (one as { path: string }).path === 'shop/list');
      expect(found).toMatchObject([
        { kind: 'ConfigMap', name: 'a', namespaceName: 'shop' },
        { kind: 'ConfigMap', name: 'b', namespaceName: 'shop' },
      ]);
    });

    it('names the line that declared each call', () => {
      const report = JSON.parse(MeshReport.of(program(plane, newFolder()).chart).toJson()) as Record<
        string,
        Array<{ declaredAt?: string }>
      >;
      const here = expect.stringMatching(/^test\/assembly\/synth\.test\.ts:\d+:\d+$/);
      expect(report.calls.map(({ declaredAt }) => declaredAt)).toEqual([here, here]);
    });
  });
});
