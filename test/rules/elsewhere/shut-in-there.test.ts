import type { IConstruct } from 'constructs';
import {
  type DataPlane,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  NetworkLayer,
  WrittenMesh,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { shutInThere } from '../../../lib/rules/elsewhere/shut-in-there';
import { newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { type Billing, meshJsonOf, newBilling, writtenBy } from '../../written';

const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];

/** What is found where a service of another program is let in to a port of the cart. */
function found(dataPlane: DataPlane, theirs: { readonly billing: IConstruct }, port?: number): string[] {
  const { chart, cart } = shop({ dataPlane }, { ports });
  cart.access.allow(MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(theirs) }), { port });
  return MeshReport.of(chart)
    .findings.filter(({ code }) => code === shutInThere.code)
    .map(({ text }) => text);
}

describe(shutInThere.title, () => {
  forEachPlane((plane) => {
    const { dataPlane } = plane;

    const calling = (port?: number): Billing => {
      const theirs = newBilling({ dataPlane });
      const mesh = WrittenMesh.fromJson(meshJsonOf(shop({ dataPlane }, { ports }).chart));
      theirs.invoice.calls(MeshedService.fromMesh(theirs.billing, 'cart', { mesh }), { port });
      return theirs;
    };

    it('tells of a caller that its own program shuts in', () => {
      const [text, ...more] = found(dataPlane, newBilling({ dataPlane }), 9090);
      expect(more).toEqual([]);
      expect(text).toContain('MESH621 at test/shop/cart: billing/invoice may call shop/cart, and nothing gets out of its pods');
      expect(text).toMatch(/got: calls of billing\/invoice in mesh\.json: billing\/ledger \(test\/written\.ts:\d+:\d+\)/);
      expect(text).toContain('have that program say invoice.calls(cart, { port: 9090 })');
    });

    it('is silent where that program has the call', () => {
      expect(found(dataPlane, calling())).toEqual([]);
      expect(found(dataPlane, calling(), 9090)).toEqual([]);
      expect(found(dataPlane, calling(8080))).toEqual([]);
    });

    it('tells of a call there to another port', () => {
      expect(found(dataPlane, calling(8080), 9090)).toHaveLength(1);
    });

    it('is silent about a caller whose packets nobody holds back', () => {
      const billing = new MeshNamespace(newChart('open'), 'billing', { dataPlane });
      expect(found(dataPlane, { billing: service(billing, 'invoice') })).toEqual([]);
    });

    it('tells of a scope alone where there are no NetworkPolicies', () => {
      const billing = new ZeroTrustNamespace(newChart('half'), 'billing', { dataPlane, networkPolicy: NetworkLayer.NONE });
      const texts = found(dataPlane, { billing: service(billing, 'invoice') });
      expect(texts).toHaveLength(plane.of({ sidecar: 1, ambient: 0 }));
    });
  });
});
