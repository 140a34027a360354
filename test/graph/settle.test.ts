import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { DataPlane, HttpAccess, Mesh, MeshNamespace, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { partyOf } from '../../lib/graph/party-of';
import { SETTLE, settle, settledOf } from '../../lib/graph/settle';
import { canary, manifest, manifests, newChart, service, shop, spec } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { retries } from '../rules/model-builder';

const AMBIENT = { dataPlane: DataPlane.ambient() };
const GET = { http: [HttpAccess.get('/cart')] };

/** Objects at a construct and below it as the tree has them, with nobody settling. */
const there = (scope: Chart | ZeroTrustNamespace) => scope.node.findAll().filter((node) => ApiObject.isApiObject(node)) as ApiObject[];
const policies = (scope: Chart | ZeroTrustNamespace) =>
  there(scope).filter(({ kind, name }) => kind === 'AuthorizationPolicy' && name.startsWith('cart'));

/** An ambient shop that a sidecar calls from another namespace. */
function calledFromSidecar() {
  const one = shop(AMBIENT);
  const web = service(new ZeroTrustNamespace(one.chart, 'front', { dataPlane: DataPlane.sidecar() }), 'web');
  web.calls(one.cart);
  return one;
}

describe('a statement', () => {
  it('makes nothing by itself; whoever reads the tree finds all that follows', () => {
    const { chart, cart, product } = shop(AMBIENT);
    cart.calls(product, GET);
    expect(
      there(chart)
        .filter(({ kind }) => kind === 'Gateway' || kind === 'NetworkPolicy')
        .map(({ name }) => name),
    ).not.toContain('waypoint');
    settle(chart);
    expect(there(chart).map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      expect.arrayContaining(['Gateway waypoint', 'NetworkPolicy product']),
    );
  });

  it('that comes after a reading is heard by the next one', () => {
    const { chart, cart, product } = shop(AMBIENT);
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('Gateway');
    cart.calls(product, GET);
    expect(manifests(chart).map(({ kind }) => kind)).toContain('Gateway');
  });

  it('keeps the object of a policy that stays where it is, with the patches of its user', () => {
    const one = calledFromSidecar();
    settle(one.chart);
    const [before] = policies(one.shop);
    before.addJsonPatch(JsonPatch.add('/metadata/annotations', { team: 'buy' }));

    one.product.calls(one.cart);
    settle(one.chart);
    expect(policies(one.shop)).toEqual([before]);
    const { metadata, spec: grown } = manifest(one.chart, 'AuthorizationPolicy', 'cart');
    expect(metadata.annotations).toEqual({ team: 'buy' });
    expect(grown).toMatchObject({ selector: { matchLabels: { app: 'cart' } }, rules: [{}, {}] });
  });

  it('makes another object of a policy that moves from ztunnel to the waypoint', () => {
    const one = calledFromSidecar();
    one.product.calls(one.cart);
    settle(one.chart);
    expect(policies(one.shop).map(({ name }) => name)).toEqual(['cart']);

    one.product.calls(one.cart, GET);
    settle(one.chart);
    expect(policies(one.shop).map(({ name }) => name)).toEqual(['cart', 'cart-waypoint']);
    const moved = spec(one.chart, 'AuthorizationPolicy', 'cart-waypoint');
    expect(moved).toMatchObject({ targetRefs: [{ kind: 'Service', name: 'cart' }] });
    expect(moved).not.toHaveProperty('selector');
  });

  it('takes away the policy that is needed no more: behind the waypoint a sidecar has its grant at the pods', () => {
    const one = calledFromSidecar();
    settle(one.chart);
    expect(policies(one.shop).map(({ name }) => name)).toEqual(['cart']);
    canary(one.cart);
    settle(one.chart);
    expect(policies(one.shop).map(({ name }) => name)).toEqual(['cart']);
    expect(spec(one.chart, 'AuthorizationPolicy', 'cart').selector).toEqual({ matchLabels: { app: 'cart' } });
  });

  it('takes away the routes of one API, and all that only they need, when the table needs the other', () => {
    const { chart, cart } = shop(AMBIENT);
    canary(cart);
    const routing = () =>
      cart.objects.filter(({ kind, name }) => /Route|Virtual|Destination/.test(kind) || name === 'cart-v2').map(({ kind }) => kind);
    expect(routing()).toEqual(['Service', 'HTTPRoute']);
    const { key } = partyOf(chart, cart, MeshGraph.of(chart));
    MeshGraph.of(chart).addRoute({ service: key, by: 'retries', path: 'test/later', retries: retries() });
    expect(routing()).toEqual(['DestinationRule', 'VirtualService']);
  });
});

describe('reading', () => {
  it('the objects of a construct brings those of this construct up to date', () => {
    const { chart, cart, product } = shop(AMBIENT);
    cart.calls(product);
    expect(product.objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['AuthorizationPolicy', 'NetworkPolicy']));
    expect(cart.objects.map(({ kind }) => kind)).toContain('NetworkPolicy');
    expect(manifests(chart).filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(6);
  });

  it('a report before the first word leaves the mesh free to say what holds', () => {
    const chart = newChart();
    expect(MeshReport.of(chart).findings).toEqual([]);
    new Mesh(chart, 'mesh', { trustDomain: 'acme.org' });
    expect(service(new MeshNamespace(chart, 'shop', AMBIENT), 'cart').principal).toBe('acme.org/ns/shop/sa/cart');
  });

  forEachPlane((plane) => {
    it.each<[string, (chart: Chart) => object[]]>([
      ['chart.toJson', (chart) => chart.toJson() as object[]],
      ['Testing.synth', (chart) => Testing.synth(chart) as object[]],
    ])('a chart by %s has all of one construct before what a user puts behind it', (_, read) => {
      const one = shop(plane);
      one.product.calls(one.cart, GET);
      one.shop.node.addDependency(one.payments);
      one.cart.node.addDependency(one.product);
      one.cart.calls(one.payment);
      const order = (read(one.chart) as Array<{ kind: string; metadata: { name: string } }>).map(
        ({ kind, metadata }) => `${kind} ${metadata.name}`,
      );
      const [payment, product, cart] = ['payment', 'product', 'cart'].map((name) => order.indexOf(`NetworkPolicy ${name}`));
      expect([payment, product, cart].every((place) => place >= 0)).toBe(true);
      expect([payment < product, product < cart, order.indexOf('AuthorizationPolicy payment') < cart]).toEqual([true, true, true]);
    });

    it('the whole App finds what a chart by itself finds', () => {
      const app = new App();
      const charts = ['front', 'back'].map((id) => new Chart(app, id));
      const { dataPlane } = plane;
      const [web, cart] = charts.map((chart) => service(new ZeroTrustNamespace(chart, chart.node.id, { dataPlane }), 'one'));
      charts[0].addDependency(charts[1]);
      web.calls(cart, GET);
      const byChart = [charts[1], charts[0]].flatMap((chart) => chart.toJson() as object[]);
      expect(app.synthYaml()).toBe(Yaml.stringify(...byChart));
      expect(byChart).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'AuthorizationPolicy' })]));
    });
  });
});

describe('what follows from all that was said', () => {
  it('is computed once until something else is said', () => {
    const { chart, cart, product } = shop(AMBIENT);
    const before = settledOf(chart);
    expect(settledOf(cart)).toBe(before);
    cart.calls(product);
    expect(settledOf(chart)).not.toBe(before);
  });

  it('reaches a construct that asks to be told, once for each state of things', () => {
    const { chart, cart, product } = shop(AMBIENT);
    const told: unknown[] = [];
    Object.assign(chart, { [SETTLE]: (settled: unknown) => told.push(settled) });
    settle(chart.node.root);
    settle(chart.node.root);
    cart.calls(product);
    settle(chart.node.root);
    expect(told).toHaveLength(2);
  });
});
