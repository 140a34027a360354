import { missingPods } from '../../../lib/rules/traffic/missing-pods';
import { findings, made, raw, route, service } from '../model-builder';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }
`;

const pods = (labels: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop }
spec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: cart }] } } }
`;

const subsets = (text: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [${text}] }
`;

const routeTo = (destination: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { ${destination} } }] }] }
`;

const HTTP_ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: cart, port: 8080 }] }] }
`;

const V1 = pods('app: cart, version: v1');
const join = (...documents: string[]) => raw(documents.join('---'));

describe(missingPods.title, () => {
  it('takes a subset whose labels some pod has', () => {
    expect(findings(missingPods, { objects: join(SERVICE, V1, subsets('{ name: v1, labels: { version: v1 } }')) })).toEqual([]);
  });

  it('fails a subset whose labels no pod of the Service has', () => {
    const objects = join(
      SERVICE,
      V1,
      subsets('{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }'),
      routeTo('host: cart, subset: v2'),
    );
    expect(findings(missingPods, { objects })).toMatchObject([
      { on: { path: 'raw/destinationrule/cart' }, got: 'version=v2', field: ['spec', 'subsets', 1] },
    ]);
  });

  it('leaves a subset that no route names to MESH353', () => {
    expect(findings(missingPods, { objects: join(SERVICE, V1, subsets('{ name: v2, labels: { version: v2 } }')) })).toEqual([]);
  });

  it('takes a subset by place, which is on no pod', () => {
    const objects = join(SERVICE, V1, subsets('{ name: east, labels: { topology.kubernetes.io/region: east } }'));
    expect(findings(missingPods, { objects })).toEqual([]);
  });

  it('takes a raw Service whose pods somebody else deploys, and fails one of ours without', () => {
    const rule = join(subsets('{ name: v2, labels: { version: v2 } }'), routeTo('host: cart, subset: v2'));
    expect(findings(missingPods, { objects: [...raw(SERVICE), ...rule] })).toEqual([]);
    expect(findings(missingPods, { objects: [...made(SERVICE), ...rule] })).toContainEqual(expect.objectContaining({ got: 'version=v2' }));
  });

  it('fails a route to a subset that nobody defines', () => {
    const v1 = subsets('{ name: v1, labels: { version: v1 } }');
    expect(findings(missingPods, { objects: join(SERVICE, V1, v1, routeTo('host: cart, subset: v1')) })).toEqual([]);
    expect(findings(missingPods, { objects: join(SERVICE, V1, v1, routeTo('host: cart, subset: v2')) })).toMatchObject([
      { on: { path: 'raw/virtualservice/cart' }, got: 'defined: v1' },
    ]);
    expect(findings(missingPods, { objects: join(routeTo('host: payment.payments.svc.cluster.local, subset: v2')) })).toEqual([]);
  });

  it.each([
    ['VirtualService', routeTo('host: cart')],
    ['HTTPRoute', HTTP_ROUTE],
  ])('fails a %s to a Service that selects no pods', (_kind, text) => {
    expect(findings(missingPods, { objects: join(SERVICE, V1, text) })).toEqual([]);
    expect(findings(missingPods, { objects: join(SERVICE, pods('app: product'), text) })).toMatchObject([{ got: 'selector app=cart' }]);
    expect(findings(missingPods, { objects: join(SERVICE, text) })).toEqual([]);
  });

  it('fails a version that somebody names and that has no pods, where it is named', () => {
    const cart = service('cart');
    const unknownVersions = [{ version: 'v2', path: 'shop/routes' }];
    expect(findings(missingPods, { routes: [route(cart)] })).toEqual([]);
    expect(findings(missingPods, { routes: [route(cart, { unknownVersions })] })).toMatchObject([
      { on: { path: 'shop/routes' }, got: 'versions: v1', message: expect.stringContaining('version v2') },
    ]);
  });
});
