import { DataPlane, MeshNamespace, MeshReport, Waypoint } from 'istio-constructs';
import { manifests, newChart, service, shop, type Shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { meshFrom, withNetwork } from '../mesh-under-test';
import { beside, type RawObject } from '../raw-objects';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const AMBIENT = { dataPlane: DataPlane.ambient() };
const PRODUCT = 'product.shop.svc.cluster.local';
const ISSUER = 'https://id.example.com';

const targetRefs = [{ group: '', kind: 'Service', name: 'product' }];
const selector = { matchLabels: { app: 'product' } };
const authorization = (spec: object): RawObject => ['security.istio.io/v1', 'AuthorizationPolicy', 'beside', spec];
const tokens = (attachment: object): RawObject => [
  'security.istio.io/v1',
  'RequestAuthentication',
  'beside',
  { ...attachment, jwtRules: [{ issuer: ISSUER, jwks: '{"keys":[]}' }] },
];
const denying = (path: string, attachment: object): RawObject =>
  authorization({ ...attachment, action: 'DENY', rules: [{ to: [{ operation: { paths: [path], ports: ['8080'] } }] }] });
const noAdmin = denying('/admin/*', { targetRefs });
const noToken = authorization({
  targetRefs,
  action: 'DENY',
  rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { ports: ['8080'] } }] }],
});

/** A shop whose cart calls its products, with objects of somebody else in its namespace. */
function shopWith(plane: Pick<typeof AMBIENT, 'dataPlane'>, ...objects: readonly RawObject[]): Shop {
  const one = shop(plane);
  one.cart.calls(one.product);
  for (const object of objects) beside(one.shop, object);
  return one;
}

describe('a policy with targetRefs that somebody adds in ambient mode', () => {
  it('brings the waypoint that obeys it: what it refuses is refused, and nothing else opens', async () => {
    const { chart } = shopWith(AMBIENT, denying('/elsewhere', { targetRefs }));
    expect(MeshReport.of(chart).findings).toEqual([]);
    await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product', only: ['GET /'] }], ['shop/product']);
  });

  it('asks for tokens there, as long as who reads tokens is attached in the same way', async () => {
    const { chart, cart, product } = shopWith(AMBIENT, noToken, tokens({ targetRefs }));
    const mesh = await judged(chart);
    const token = { issuer: ISSUER, subject: 'ann' };
    const answers = await mesh.answers([call(cart, product, { token }), call(cart, product)]);
    expect(answers).toMatchObject([{ allowed: true }, { allowed: false, by: 'AuthorizationPolicy shop/beside', layer: 'authorization' }]);
  });

  it('holds what MESH211 promises: by labels ztunnel cannot enforce it, with targetRefs the waypoint does', async () => {
    const before = shopWith(AMBIENT, denying('/admin/*', { selector }));
    expect(MeshReport.of(before.chart).findings.map(({ code }) => code)).toEqual(['MESH211']);
    const { chart, cart, product } = shopWith(AMBIENT, noAdmin);
    const mesh = await judged(chart);
    expect(await mesh.answers(['/', '/admin/1'].map((path) => call(cart, product, { path })))).toMatchObject([
      { allowed: true },
      { allowed: false, by: 'AuthorizationPolicy shop/beside' },
    ]);
  });
});

describe('a route that somebody adds for a Service', () => {
  const route: RawObject = [
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'beside',
    {
      parentRefs: [{ group: '', kind: 'Service', name: 'product', port: 8080 }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          timeouts: { request: '2s' },
          backendRefs: [{ name: 'product', port: 8080 }],
        },
      ],
    },
  ];
  const virtual: RawObject = [
    'networking.istio.io/v1',
    'VirtualService',
    'beside',
    { hosts: [PRODUCT], http: [{ timeout: '2s', route: [{ destination: { host: PRODUCT } }] }] },
  ];
  const limits: RawObject = [
    'networking.istio.io/v1',
    'DestinationRule',
    'beside',
    { host: PRODUCT, trafficPolicy: { connectionPool: { tcp: { maxConnections: 7 } } } },
  ];

  forEachPlane((plane) => {
    it.each([
      ['HTTPRoute', route],
      ['VirtualService', virtual],
    ])('is followed, as %s', async (_, object) => {
      const { chart, cart, product } = shopWith(plane, object);
      const answer = await (await judged(chart)).answer(call(cart, product));
      expect(answer).toMatchObject({ allowed: true });
      expect(answer.legs.at(-1)).toMatchObject({ timeout: '2s' });
    });

    it('is obeyed in what a DestinationRule says of connections', async () => {
      const { chart, cart, product } = shopWith(plane, limits);
      const [way] = (await (await judged(chart)).answer(call(cart, product))).ways;
      expect(way).toMatchObject({ allowed: true, cluster: { maxConnections: 7 } });
    });
  });
});

describe('what findings say that nobody reads', () => {
  const written = (chart: Shop['chart'], ...objects: readonly RawObject[]) =>
    meshFrom([
      ...manifests(chart),
      ...objects.map(([apiVersion, kind, name, spec]) => ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec })),
    ]);

  it('is not read: a RequestAuthentication by labels leaves the waypoint without tokens (MESH115)', async () => {
    const { chart, cart, product } = shopWith({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    const mesh = written(chart, noToken, ['security.istio.io/v1', 'RequestAuthentication', 'by-labels', tokens({ selector })[3]]);
    const token = { issuer: ISSUER, subject: 'ann' };
    expect(await mesh.answer(call(cart, product, { token }))).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/beside' });
  });

  it('is not read: targetRefs to a Service whose pods have sidecars (MESH217)', async () => {
    const { chart, cart, product } = shopWith({ dataPlane: DataPlane.sidecar() });
    const mesh = written(chart, noAdmin);
    expect(await mesh.answer(call(cart, product, { path: '/admin/1' }))).toMatchObject({ allowed: true });
  });

  it('is gone round: by a caller with a sidecar (MESH219)', async () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    const legacy = service(new MeshNamespace(one.chart, 'legacy', { dataPlane: DataPlane.sidecar() }), 'legacy');
    for (const caller of [legacy, one.cart]) caller.calls(one.product);
    const mesh = written(one.chart, noAdmin);
    const answers = await mesh.answers([legacy, one.cart].map((caller) => call(caller, one.product, { path: '/admin/1' })));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('takes every workload: an empty workloadSelector (MESH317)', async () => {
    const chart = newChart();
    const namespace = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    ['cart', 'web'].forEach((id) => service(namespace, id));
    const ports = [{ number: 8080, name: 'http', protocol: 'HTTP' }];
    const spec = { hosts: ['api.example.com'], ports, resolution: 'STATIC', location: 'MESH_INTERNAL', workloadSelector: {} };
    const mesh = written(chart, ['networking.istio.io/v1', 'ServiceEntry', 'api', spec]);
    const { ways } = await mesh.answer({ from: { workload: 'shop/web-v1' }, to: { host: 'api.example.com', port: 8080 } });
    expect(ways.map(({ workload }) => workload).sort()).toEqual(['shop/cart-v1', 'shop/web-v1']);
  });
});

describe('a NetworkPolicy that somebody adds over pods in ambient mode', () => {
  const ports = (...numbers: number[]) => numbers.map((port) => ({ protocol: 'TCP', port }));
  const open = (dataPlane: DataPlane, ...numbers: number[]) => {
    const chart = newChart();
    const namespace = new MeshNamespace(chart, 'shop', { dataPlane });
    const [cart, product] = ['cart', 'product'].map((id) => service(namespace, id));
    const from = [{ podSelector: { matchLabels: { app: 'cart' } } }];
    const probes = { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }], ports: ports(8080) };
    const spec = { podSelector: selector, policyTypes: ['Ingress'], ingress: [probes, { from, ports: ports(...numbers) }] };
    beside(namespace, ['networking.k8s.io/v1', 'NetworkPolicy', 'beside', spec]);
    return { chart, cart, product };
  };

  forEachPlane((plane) => {
    it('shuts out whoever comes through a tunnel, where it names the port of the service alone (MESH243)', async () => {
      const { chart, cart, product } = open(plane.dataPlane, 8080);
      const codes = MeshReport.of(chart).findings.map(({ code }) => code);
      expect(codes.filter((code) => code === 'MESH243')).toHaveLength(plane.of({ sidecar: 0, ambient: 1 }));
      const answer = await withNetwork(await judged(chart)).answer(call(cart, product));
      expect(answer).toMatchObject(
        plane.of<object>({ sidecar: { allowed: true }, ambient: { allowed: false, by: 'NetworkPolicy shop/beside' } }),
      );
    });

    it('lets it in with the port of tunnels', async () => {
      const { chart, cart, product } = open(plane.dataPlane, 8080, 15008);
      expect(MeshReport.of(chart).findings).toEqual([]);
      const mesh = await judged(chart);
      for (const each of [mesh, withNetwork(mesh)]) expect(await each.answer(call(cart, product))).toMatchObject({ allowed: true });
    });
  });
});
