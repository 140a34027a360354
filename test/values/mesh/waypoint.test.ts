import { DataPlane, HttpAccess, Waypoint } from 'istio-constructs';
import { findingCodes, names, shop, type Shop } from '../../builders';

const ambient = (waypoint: Waypoint) => shop({ dataPlane: DataPlane.ambient({ waypoint }) });

/** Waypoints before and after the first call that is limited by path. */
function waypointsOf({ chart, cart, product }: Shop): [before: string[], after: string[]] {
  const before = names(chart, 'Gateway');
  cart.calls(product, { http: [HttpAccess.get('/products')] });
  return [before, names(chart, 'Gateway')];
}

describe('Waypoint', () => {
  it('comes with the first need, and to the namespace that has it alone', () => {
    expect(waypointsOf(ambient(Waypoint.WHEN_NEEDED))).toEqual([[], ['shop/waypoint']]);
  });

  it('is there from the start, so that the first need changes no path of traffic', () => {
    const all = ['payments/waypoint', 'shop/waypoint'];
    const [before, after] = waypointsOf(ambient(Waypoint.ALWAYS));
    expect([before.sort(), after.sort()]).toEqual([all, all]);
  });

  it('is never there, and what needs it fails the synth', () => {
    const { chart, cart, product } = ambient(Waypoint.NEVER);
    expect([findingCodes(chart), names(chart, 'Gateway')]).toEqual([[], []]);
    cart.calls(product, { http: [HttpAccess.get('/products')] });
    expect(() => chart.toJson()).toThrow('MESH102 at test/shop/cart: namespace shop forbids its waypoint');
  });
});
