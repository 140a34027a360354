import { DataPlane, type MeshedService, TrafficMirror } from 'istio-constructs';
import { edgeGateway, findingCodes, service, shop, type Shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { refusedCopies } from '../../../lib/rules/routing/refused-copies';

const found = ({ chart }: Shop): string[] => findingCodes(chart).filter((code) => code === refusedCopies.code);

/** The shop, whose cart is called by the product page and copied to another service. */
function mirrored(dataPlane: DataPlane, other: (one: Shop) => MeshedService): Shop & { readonly other: MeshedService } {
  const one = shop({ dataPlane });
  one.product.calls(one.cart);
  const to = other(one);
  new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirrorService: to });
  return { ...one, other: to };
}

describe(refusedCopies.title, () => {
  const sidecar = DataPlane.sidecar();
  const audit = (one: Shop) => service(one.shop, 'audit');

  it('takes copies to a service that lets all callers in', () => {
    const one = mirrored(sidecar, audit);
    one.product.calls(one.other);
    expect(found(one)).toEqual([]);
  });

  it('fails copies of a caller that the other service does not let in, in sidecar mode', () => {
    expect(found(mirrored(sidecar, audit))).toEqual([refusedCopies.code]);
    const one = mirrored(sidecar, audit);
    one.product.calls(one.other);
    edgeGateway(one.chart, sidecar).expose(one.cart, { host: 'shop.example.com' });
    expect(found(one)).toEqual([refusedCopies.code]);
  });

  it('takes a service behind the same waypoint, and fails one behind another', () => {
    const behind = (one: Shop) => {
      one.product.calls(one.payment);
      return one.payment;
    };
    expect(found(mirrored(DataPlane.ambient(), audit))).toEqual([]);
    expect(found(mirrored(DataPlane.ambient(), behind))).toEqual([refusedCopies.code]);
  });

  forEachPlane((plane) => {
    it('says nothing of a version of the service itself', () => {
      const one = shop(plane);
      one.product.calls(one.cart);
      new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirror: { version: 'v2', image: 'cart:2' } });
      expect(found(one)).toEqual([]);
    });
  });
});
