import { MeshedService, MeshNamespace, MeshPort, MeshReport, ServiceIdentity, VirtualMachines, WrittenMesh } from 'istio-constructs';
import { notAllowedHere } from '../../../lib/rules/elsewhere/not-allowed-here';
import { findingCodes, newChart, service, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { meshJsonOf, newBilling, SIDECAR, writtenBy } from '../../written';

/** What is found where the invoices of another program call the cart, and this one says something. */
function found({ dataPlane }: PlaneUnderTest, say: (one: Shop, invoice: MeshedService) => void): string[] {
  const theirs = newBilling({ dataPlane });
  const mesh = WrittenMesh.fromJson(meshJsonOf(shop({ dataPlane }).chart));
  theirs.invoice.calls(MeshedService.fromMesh(theirs.billing, 'cart', { mesh }));
  const one = shop({ dataPlane });
  say(one, MeshedService.fromMesh(one.chart, 'invoice', { mesh: writtenBy(theirs) }) as MeshedService);
  return MeshReport.of(one.chart)
    .findings.filter(({ code }) => code === notAllowedHere.code)
    .map(({ text }) => text);
}

describe(notAllowedHere.title, () => {
  forEachPlane((plane) => {
    it('tells of a call there that nothing here allows', () => {
      const [text, ...more] = found(plane, ({ product }, invoice) => product.access.allow(invoice));
      expect(more).toEqual([]);
      expect(text).toContain('MESH622 at test/invoice: billing/invoice calls shop/cart, as its program says, and nothing here allows it');
      expect(text).toMatch(/got: calls in mesh\.json: shop\/cart \(test\/rules\/elsewhere\/not-allowed-here\.test\.ts:\d+:\d+\)/);
      expect(text).toContain('fix: say cart.access.allow(invoice) here');
    });

    it('tells of it where machines alone are let in, whom their identity tells', () => {
      const say = ({ chart, cart }: Shop) => {
        const desk = new MeshNamespace(chart, 'desk', SIDECAR);
        cart.access.allow(new VirtualMachines(desk, 'till', { ports: [MeshPort.http(8080)], machines: [{ address: '10.0.0.5' }] }));
      };
      expect(found(plane, say)).toHaveLength(1);
    });

    it.each<[string, (one: Shop, invoice: MeshedService) => void]>([
      ['by name', ({ cart }, invoice) => cart.access.allow(invoice)],
      ['by its account', ({ cart }) => cart.access.allow(ServiceIdentity.of('billing', 'invoice'))],
      ['with anyone', ({ cart }) => cart.access.allowAnyone('a catalogue')],
    ])('is silent where it is let in: %s', (_, say) => {
      expect(found(plane, say)).toEqual([]);
    });
  });

  it('is silent about a service that is open', () => {
    const open = (): MeshNamespace => new MeshNamespace(newChart(), 'shop', SIDECAR);
    const theirs = newBilling();
    const mesh = writtenBy({ billing: service(open(), 'web') });
    theirs.invoice.calls(MeshedService.fromMesh(theirs.billing, 'web', { mesh }));
    const scope = open();
    service(scope, 'web');
    MeshedService.fromMesh(scope, 'invoice', { mesh: writtenBy(theirs) });
    expect(findingCodes(scope)).not.toContain(notAllowedHere.code);
  });
});
