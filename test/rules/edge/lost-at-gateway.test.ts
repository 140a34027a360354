import { lostAtGateway } from '../../../lib/rules/edge/lost-at-gateway';
import { exposure, findings, raw, retries, route, service } from '../model-builder';

const cart = service('cart');

describe(lostAtGateway.title, () => {
  it('takes a gateway that carries the whole route', () => {
    expect(findings(lostAtGateway, { exposures: [exposure(cart)] })).toEqual([]);
  });

  it('fails what a gateway loses, and names what carries it', () => {
    expect(findings(lostAtGateway, { exposures: [exposure(cart, { lost: ['retries'] })] })).toMatchObject([
      { on: { path: 'shop/cart' }, got: 'retries', fix: expect.stringMatching(/ambient.*istioPods/) },
    ]);
  });

  it('says what holds instead of retries, by what the cluster has words for', () => {
    const [older, newer] = (['1.6', '1.7'] as const).map((gatewayApi) =>
      findings(lostAtGateway, { gatewayApi, exposures: [exposure(cart, { lost: ['retries'] })] }),
    );
    expect(older[0].message).toContain("Istio's own two retries stand in their place");
    expect(newer[0].message).toContain('Istio adds conditions of its own');
  });

  it('leaves it to another rule that a gateway retries what nobody wants to be retried', () => {
    const routes = [route(cart, { retries: retries({ attempts: 0 }) })];
    expect(findings(lostAtGateway, { routes, exposures: [exposure(cart, { lost: ['retries'] })] })).toEqual([]);
    expect(findings(lostAtGateway, { routes, exposures: [exposure(cart, { lost: ['retries', 'fault'] })] })).toMatchObject([
      { got: 'fault' },
    ]);
  });
});

describe(`${lostAtGateway.title}: raw routes`, () => {
  const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.0.0.1, selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;

  const virtualService = (name: string, gateways: string, ...subsets: string[]) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [cart.shop.svc.cluster.local, shop.example.com]
  gateways: [${gateways}]
  http: [{ route: [${subsets.map((subset) => `{ destination: { host: cart.shop.svc.cluster.local${subset} } }`).join(', ')}] }]
`;

  const SPLIT = [', subset: v1', ', subset: v2'];
  const ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec: { parentRefs: [{ name: gateway }], rules: [{ backendRefs: [{ name: cart, port: 80 }] }] }
`;

  const find = (...manifests: string[]) => findings(lostAtGateway, { objects: [SERVICE, ...manifests].flatMap(raw) });

  it.each([
    ['that splits by itself', [virtualService('mesh', 'mesh', ...SPLIT), virtualService('door', 'door', ...SPLIT)]],
    ['that holds in the mesh too', [virtualService('both', 'mesh, door', ...SPLIT)]],
    ['to a service that nobody splits', [virtualService('mesh', 'mesh', ''), virtualService('door', 'door', '')]],
  ])('takes one through a gateway %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it('tells of one to all pods of a host whose versions the mesh tells apart', () => {
    const mesh = virtualService('mesh', 'mesh', ...SPLIT);
    expect(find(mesh, virtualService('door', 'door', ''))).toMatchObject([
      { on: { path: 'raw/virtualservice/door' }, got: 'gateways: mesh' },
    ]);
    expect(find(mesh, ROUTE)).toMatchObject([{ on: { path: 'raw/httproute/cart' } }]);
  });

  it('takes one to a service behind a waypoint, and tells of gateways that are not led through it', () => {
    const labelled = SERVICE.replace('namespace: shop', 'namespace: shop, labels: { istio.io/use-waypoint: waypoint }');
    const led = labelled.replace('labels: {', 'labels: { istio.io/ingress-use-waypoint: "true",');
    const waypoint = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
    const objects = [waypoint, virtualService('mesh', 'mesh', ...SPLIT), ROUTE].flatMap(raw);
    expect(findings(lostAtGateway, { objects: [...objects, ...raw(led)] })).toEqual([]);
    expect(findings(lostAtGateway, { objects: [...objects, ...raw(labelled)] })).toHaveLength(1);
  });
});
