import { CanaryRelease, ExternalPort, ExternalService, HttpAccess, type MeshGraph, MeshNamespace, Verdicts } from 'istio-constructs';
import { edgeGateway, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { manyCallers, namespace, open, policy, pods, serviceYaml } from './meshes';

const arrows = ({ edges }: MeshGraph): string[] => edges.map(({ caller, callee, port }) => `${caller} > ${callee}:${port}`);
const graphOf = (...pieces: string[]): MeshGraph => Verdicts.ofYaml(pieces.join('---\n')).graph;

describe('a graph', () => {
  forEachPlane((plane) => {
    it('has who may call, with the requests, who lets them in, and the objects behind it', () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      payment.calls(product);
      const graph = Verdicts.of(chart).graph;

      expect(arrows(graph)).toEqual([
        'service payments/payment > service shop/product:8080',
        'service shop/cart > service shop/product:8080',
      ]);
      const [, edge] = graph.edges;
      expect(edge).toMatchObject({
        protocol: 'HTTP',
        mtls: 'yes',
        enforcedAt: plane.of({ sidecar: 'sidecar shop/product-v1', ambient: 'waypoint shop/waypoint' }),
        requests: ['GET, /items/*, to 8080'],
        shares: [{ workload: 'shop/product-v1', percent: 100 }],
        workloads: ['shop/cart-v1'],
        whoever: false,
      });
      expect(graph.objects[edge.decidedBy[0]]).toMatchObject({ kind: 'AuthorizationPolicy', namespaceName: 'shop' });
      expect(graph.namespaces).toContainEqual({ name: 'shop', plane: plane.name });
      expect(graph.nodes.find(({ id }) => id === edge.callee)).toMatchObject({
        kind: 'service',
        name: 'product',
        namespaceName: 'shop',
        plane: plane.name,
        title: `Service shop/product, ${plane.name}`,
        objects: expect.arrayContaining(['Service shop/product', 'Deployment shop/product-v1']),
      });
    });

    it('shows which share of its requests each version gets', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      new CanaryRelease(product.node.scope!, 'next', { service: product, canary: { version: 'v2', image: 'a:2' }, weight: 10 });
      const { edges } = Verdicts.of(chart).graph;

      expect(edges.find(({ callee }) => callee === 'service shop/product')).toMatchObject({
        shares: [
          { workload: 'shop/product-v1', percent: 90 },
          { workload: 'shop/product-v2', percent: 10 },
        ],
        routedBy: [expect.stringMatching(plane.of({ sidecar: /^VirtualService/, ambient: /^HTTPRoute/ }))],
      });
    });

    it('has what comes in at a gateway, by the hosts of its routes', () => {
      const chart = newChart();
      const space = new MeshNamespace(chart, 'open', { dataPlane: plane.dataPlane });
      const wiki = service(space, 'wiki');
      edgeGateway(chart, plane.dataPlane).expose(wiki, { host: 'wiki.example.com', port: 8080, pathPrefix: '/pages' });
      const { edges, nodes } = Verdicts.of(chart).graph;

      expect(edges).toContainEqual(
        expect.objectContaining({
          caller: 'outside',
          callee: 'gateway edge/gateway',
          port: 443,
          protocol: 'TLS',
          requests: ['wiki.example.com'],
        }),
      );
      const [onward] = edges.filter(({ caller }) => caller === 'gateway edge/gateway');
      expect(onward).toMatchObject({ port: 8080, mtls: 'yes', requests: ['wiki.example.com: any method, /pages and below, to 443'] });
      expect(nodes.filter(({ kind }) => kind === 'gateway' || kind === 'outside').map(({ id }) => id)).toEqual([
        'gateway edge/gateway',
        'outside',
      ]);
    });

    it('has hosts outside, and who may call them', () => {
      const { chart, cart } = shop(plane);
      cart.calls(new ExternalService(cart.node.scope!, 'rates', { host: 'rates.example.com', port: ExternalPort.https() }));
      const { edges, nodes } = Verdicts.of(chart).graph;

      expect(nodes.find(({ kind }) => kind === 'external')).toMatchObject({ name: 'rates.example.com', plane: 'none' });
      expect(edges.find(({ caller }) => caller === 'service shop/cart')).toMatchObject({ protocol: 'TLS', port: 443 });
    });
  });

  it('has one arrow from everybody in an open mesh, whoever is there', () => {
    const graph = graphOf(...open(30));

    expect(graph.edges).toHaveLength(60);
    expect(new Set(graph.edges.map(({ caller }) => caller))).toEqual(new Set(['anybody in the mesh', 'anybody outside the mesh']));
    expect(graph.edges.every(({ whoever, enforcedAt, decidedBy }) => whoever && enforcedAt === 'nothing' && decidedBy.length === 0)).toBe(
      true,
    );
    expect(graph.edges.map(({ caller, mtls }) => [caller, mtls])).toContainEqual(['anybody outside the mesh', 'no']);
  });

  it('joins a namespace that a policy names, and whoever it refuses is told apart', () => {
    const graph = graphOf(
      namespace('shop'),
      namespace('web'),
      ...['a', 'b', 'bad'].map((name) => pods('web', name)),
      pods('shop', 'cart'),
      serviceYaml('shop', 'cart'),
      policy('shop', 'cart', { from: [{ source: { namespaces: ['web'] } }] }),
      policy('shop', 'no-bad', { from: [{ source: { principals: ['cluster.local/ns/web/sa/bad'] } }] }, 'DENY'),
    );

    expect(graph.edges).toHaveLength(1);
    expect(graph.edges[0]).toMatchObject({
      caller: 'anybody/web/sidecar',
      butNot: ['web/bad'],
      whoever: false,
      decidedBy: ['AuthorizationPolicy shop/cart'],
    });
    expect(graph.nodes.find(({ kind }) => kind === 'anybody')).toMatchObject({ title: 'anybody in web', namespaceName: 'web' });
    expect(graph.nodes.filter(({ kind }) => kind === 'workload').map(({ id }) => id)).toEqual([
      'workload web/a',
      'workload web/b',
      'workload web/bad',
    ]);
  });

  it('has accounts that a policy names and nobody has', () => {
    const graph = graphOf(
      namespace('shop'),
      pods('shop', 'cart'),
      serviceYaml('shop', 'cart'),
      policy('shop', 'cart', { from: [{ source: { principals: ['cluster.local/ns/shop/sa/later'] } }] }),
    );

    expect(arrows(graph)).toEqual(['account shop/later > service shop/cart:8080']);
    expect(graph.nodes.find(({ id }) => id === 'account shop/later')).toMatchObject({
      kind: 'workload',
      name: 'later',
      namespaceName: 'shop',
    });
  });

  it('takes nobody for the default account, which a policy may name', () => {
    const graph = graphOf(
      namespace('shop'),
      pods('shop', 'cart'),
      serviceYaml('shop', 'cart'),
      policy('shop', 'cart', { from: [{ source: { principals: ['cluster.local/ns/shop/sa/default'] } }] }),
    );

    expect(arrows(graph)).toEqual(['account shop/default > service shop/cart:8080']);
  });

  it('has requests of which nobody can tell, and says why', () => {
    const graph = graphOf(
      namespace('shop'),
      pods('shop', 'cart'),
      serviceYaml('shop', 'cart'),
      `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`,
      `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: ['*'], gateways: [web], http: [{ route: [{ destination: { host: cart } }] }] }
`,
    );

    const unclear = graph.edges.filter(({ unknown }) => unknown !== undefined);
    expect(unclear.map(({ caller, callee, mtls }) => [caller, callee, mtls])).toEqual([
      ['gateway shop/web', 'service shop/cart', 'unclear'],
      ['outside', 'gateway shop/web', 'unclear'],
    ]);
    expect(unclear[0]).toMatchObject({ unknown: 'no manifest has the pods of Gateway shop/web', routedBy: ['VirtualService shop/cart'] });
  });

  it('lists what nobody reads', () => {
    const filter = 'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: { name: lua, namespace: shop }\nspec: {}\n';

    expect(graphOf(namespace('shop'), filter).notRead).toEqual(['EnvoyFilter shop/lua']);
  });

  it('keeps to itself what containers are told', () => {
    const secret = pods('shop', 'cart').replace(
      "image: 'a:1'",
      "image: 'a:1', args: [--token=topsecret], env: [{ name: PASSWORD, value: topsecret }]",
    );
    const { objects } = graphOf(namespace('shop'), secret, serviceYaml('shop', 'cart'));

    expect(objects['Deployment shop/cart'].yaml).toContain('image: a:1');
    expect(JSON.stringify(objects)).not.toContain('topsecret');
  });

  it('is the same whatever order the manifests have', () => {
    const pieces = [...open(4), ...manyCallers()];

    expect(arrows(graphOf(...[...pieces].reverse()))).toEqual(arrows(graphOf(...pieces)));
    expect(graphOf(...pieces)).toEqual(graphOf(...pieces));
  });
});
