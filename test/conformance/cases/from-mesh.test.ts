import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  Waypoint,
  WrittenMesh,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { withNetwork } from '../mesh-under-test';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

/** A program with a chart, a closed namespace and services in it, all but the first called like the namespace. */
function program(name: string, dataPlane: DataPlane, ...services: string[]) {
  const app = new App();
  const chart = new Chart(app, `${name}-chart`);
  const home = new ZeroTrustNamespace(chart, name, { dataPlane });
  const ports = [MeshPort.http(80, { targetPort: 8080 })];
  return { app, chart, home, made: services.map((id) => service(home, id, { ports })) };
}

const jsonOf = (app: App): string => MeshReport.of(app).toJson();

describe('two programs, of which each reads what the other has written', () => {
  forEachPlane((plane) => {
    const dataPlane = plane.of({ sidecar: plane.dataPlane, ambient: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });

    it('lets in exactly what both say, in both layers', async () => {
      const billing = program('billing', dataPlane, 'invoice', 'ledger');
      const shop = program('shop', dataPlane, 'cart', 'product');
      const [[invoice, ledger], [cart, product]] = [billing.made, shop.made];
      const [ofBilling, ofShop] = [billing, shop].map(({ app }) => WrittenMesh.fromJson(jsonOf(app)));
      const http = [HttpAccess.get('/invoices/*')];

      invoice.calls(ledger);
      invoice.access.allow(MeshedService.fromMesh(billing.chart, 'cart', { mesh: ofShop }), { http });
      const theirs = MeshedService.fromMesh(shop.chart, 'theirs', { mesh: ofBilling, name: 'invoice', namespaceName: 'billing' });
      cart.calls(theirs, { http });
      product.access.allow(theirs);
      const back = MeshedService.fromMesh(billing.chart, 'product', { mesh: ofShop });
      invoice.calls(back);

      await expectOnly(await judged(billing.chart, shop.chart), [
        { from: 'shop/cart', to: 'billing/invoice', only: ['GET /invoices/1'] },
        { from: 'billing/invoice', to: 'billing/ledger' },
        { from: 'billing/invoice', to: 'shop/product' },
      ]);
    });

    it('refuses what one of them says alone, which is what is found', async () => {
      const billing = program('billing', dataPlane, 'invoice');
      const shop = program('shop', dataPlane, 'cart', 'product');
      const [[invoice], [cart, product]] = [billing.made, shop.made];
      const [ofBilling, ofShop] = [billing, shop].map(({ app }) => WrittenMesh.fromJson(jsonOf(app)));
      invoice.access.allow(MeshedService.fromMesh(billing.chart, 'product', { mesh: ofShop }));
      const theirs = MeshedService.fromMesh(shop.chart, 'invoice', { mesh: ofBilling });
      cart.calls(theirs);

      const mesh = withNetwork(await judged(billing.chart, shop.chart));
      const answers = await mesh.answers([call(cart, invoice, { port: 80 }), call(product, invoice, { port: 80 })]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, false]);
      const codes = MeshReport.of(shop.chart).findings.map(({ code }) => code);
      expect(codes.filter((code) => code.startsWith('MESH62') || code === 'MESH207')).toEqual(['MESH620']);
    });

    it('lets a service live in a namespace of the other, as its file says', async () => {
      const billing = program('billing', dataPlane, 'invoice');
      const folder = mkdtempSync(join(tmpdir(), 'from-mesh-'));
      const path = join(folder, 'mesh.json');
      writeFileSync(
        path,
        JSON.stringify({
          version: 1,
          clusters: [billing.app, program('shop', dataPlane).app].map((app): unknown => JSON.parse(jsonOf(app))),
        }),
      );
      const mesh = WrittenMesh.fromFile(path, { cluster: 'billing-chart' });
      rmSync(folder, { recursive: true });

      const ours = new Chart(new App(), 'reports');
      const there = MeshNamespace.fromMesh(ours, 'there', { mesh, name: 'billing' });
      const [report, printer] = ['report', 'printer'].map((id) => service(there as MeshNamespace, id));
      report.calls(printer, { http: [HttpAccess.post('/pages')] });

      await expectOnly(await judged(billing.chart, ours), [{ from: 'billing/report', to: 'billing/printer', only: ['POST /pages'] }]);
    });
  });
});
