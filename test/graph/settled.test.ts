import { DataPlane, HttpAccess, MeshNamespace, ServiceIdentity, Waypoint } from 'istio-constructs';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { partyOf } from '../../lib/graph/party-of';
import { settledOf } from '../../lib/graph/settle';
import type { Settled } from '../../lib/graph/settled';
import { isOwnService } from '../../lib/model/party';
import type { Party } from '../../lib/model/party';
import { canary, edgeGateway, external, newChart, service, shop, type Shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const GET = { http: [HttpAccess.get('/a')] };

const settledParty = ({ chart }: Pick<Shop, 'chart'>, who: object): Party =>
  settledOf(chart).party(partyOf(chart, who, MeshGraph.of(chart)));
const waypointOf = ({ chart }: Shop, namespace: string) => settledOf(chart).waypoint(MeshGraph.of(chart).namespaces.get(namespace)!);

/** Who checks each call to a service, by what it is attached with. */
function checks(settled: Settled, callee: Party) {
  return settled
    .callsTo(callee)
    .map(({ caller, hops }) => [caller.name, ...hops.map(({ enforcement }) => enforcement && Object.keys(enforcement.attachment)[0])]);
}

describe('the waypoint of a namespace', () => {
  it('is there as soon as something needs HTTP, and only there', () => {
    const one = shop({ dataPlane: DataPlane.ambient() });
    one.cart.calls(one.payment);
    expect(waypointOf(one, 'payments')).toBeUndefined();
    one.cart.calls(one.payment, GET);
    expect(waypointOf(one, 'payments')).toMatchObject({ name: 'waypoint', principal: 'cluster.local/ns/payments/sa/waypoint' });
    expect(waypointOf(one, 'shop')).toBeUndefined();
  });

  it('is always there, or never, where that is said; what needs it is known all the same', () => {
    const always = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    expect(waypointOf(always, 'shop')).toMatchObject({ name: 'waypoint' });
    const never = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) });
    never.cart.calls(never.product, GET);
    expect(waypointOf(never, 'shop')).toBeUndefined();
    expect(settledOf(never.chart).httpNeeds(MeshGraph.of(never.chart).namespaces.get('shop')!)).toMatchObject([
      { what: 'requests by method or path from cart to product', path: 'test/shop/cart' },
    ]);
  });

  it('comes with a need of any service there, and changes the way of calls that were said before', () => {
    const one = shop({ dataPlane: DataPlane.ambient() });
    one.cart.calls(one.product);
    expect(checks(settledOf(one.chart), settledParty(one, one.product))).toEqual([['cart', 'selector']]);
    canary(one.cart);
    expect(checks(settledOf(one.chart), settledParty(one, one.product))).toEqual([['cart', 'targetRefs', 'selector']]);
  });
});

describe('the names of a service', () => {
  forEachPlane((plane) => {
    it('are its own, and with a release those of the versions that its routes name', () => {
      const one = shop(plane);
      const host = (name: string) => `${name}.shop.svc.cluster.local`;
      expect(settledParty(one, one.cart)).toMatchObject({ serviceNames: ['cart'], meshHosts: [host('cart')] });
      canary(one.cart);
      const names = plane.of({ sidecar: ['cart'], ambient: ['cart', 'cart-v1', 'cart-v2'] });
      expect(settledParty(one, one.cart)).toMatchObject({ serviceNames: names, meshHosts: names.map(host) });
    });

    it('are all Services over its pods where a gateway splits by itself, though no caller is sent there', () => {
      const one = shop(plane);
      canary(one.cart);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      const { serviceNames, meshHosts } = settledParty(one, one.cart);
      expect([serviceNames!.length, meshHosts!.length]).toEqual(plane.of({ sidecar: [3, 1], ambient: [3, 3] }));
      expect(settledOf(one.chart).exposuresOf(partyOf(one.chart, one.cart, MeshGraph.of(one.chart)))).toMatchObject([
        { service: { serviceNames }, gateway: { name: 'gateway', namespace: { name: 'edge' } } },
      ]);
    });
  });
});

describe('a caller that is known by its account', () => {
  const legacy = ServiceIdentity.of('legacy', 'web');

  it('lives in the namespace that the program declares, also after the call', () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    one.product.access.allow(legacy);
    const product = () => checks(settledOf(one.chart), settledParty(one, one.product));
    expect(product()).toEqual([['legacy/web', 'targetRefs', 'selector', 'selector']]);
    new MeshNamespace(one.chart, 'legacy', { dataPlane: DataPlane.sidecar() });
    expect(product()).toEqual([['legacy/web', 'selector']]);
    expect(settledParty(one, legacy).namespace).toMatchObject({ name: 'legacy', mode: 'sidecar', owned: true });
  });

  it('is as it was said to be where nobody declares its namespace, and has no words of a guess', () => {
    const one = shop({ dataPlane: DataPlane.ambient() });
    const known = ServiceIdentity.of('legacy', 'web', { dataPlane: DataPlane.ambient() });
    expect([legacy, known].map((who) => settledParty(one, who).namespace.mode)).toEqual(['unknown', 'ambient']);
    expect(settledParty(one, legacy)).not.toHaveProperty('isGuess');
  });
});

describe('what follows', () => {
  it('is one thing for each that is asked about, so that nothing is computed twice', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(product);
    const [settled, [said]] = [settledOf(chart), MeshGraph.of(chart).calls];
    const party = partyOf(chart, product, MeshGraph.of(chart));
    expect(settled.party(party)).toBe(settled.party({ ...party }));
    expect(settled.table({ ...party })).toBe(settled.table(party));
    expect(settled.callsTo(party)[0]).toBe(settled.call(said));
    expect(settled.callsFrom(said.caller)[0]).toBe(settled.callsInto('shop')[0]);
  });

  it('is a table for services of this program alone', () => {
    const chart = newChart();
    const namespace = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const own = [service(namespace, 'cart'), external(namespace, 'cards')].map((who) =>
      isOwnService(partyOf(chart, who, MeshGraph.of(chart))),
    );
    expect(own).toEqual([true, false]);
  });
});
