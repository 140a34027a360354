import { unknownHost } from '../../../lib/rules/traffic/unknown-host';
import { findings, namespace, other, raw } from '../model-builder';

const CART = raw('{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { ports: [{ port: 8080 }] } }');
const namespaces = [namespace('shop', 'sidecar')];

const virtualService = (route: string) =>
  raw(
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: vs, namespace: shop }, spec: { hosts: [x], http: [{ ${route} }] } }`,
  );
const routeTo = (destination: string) => virtualService(`route: [{ destination: { ${destination} } }]`);
const ruleFor = (spec: string) =>
  raw(`{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: dr, namespace: shop }, spec: { ${spec} } }`);
const httpRoute = (spec: string) =>
  raw(`{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: route, namespace: shop }, spec: { ${spec} } }`);

const find = (objects: ReturnType<typeof raw>) => findings(unknownHost, { objects: [...CART, ...objects], namespaces });

describe(unknownHost.title, () => {
  it.each([
    'host: cart',
    'host: cart.shop.svc.cluster.local, port: { number: 8080 }',
    'host: payment.payments.svc.cluster.local',
    'host: api.example.com',
    'host: acme.shop',
  ])('takes a route to %s', (destination) => {
    expect(find(routeTo(destination))).toEqual([]);
  });

  it.each([
    ['host: crat', 'crat.shop.svc.cluster.local'],
    ['host: crat.shop.svc.cluster.local', 'crat.shop.svc.cluster.local'],
    ['host: cart, port: { number: 80 }', 'cart.shop.svc.cluster.local:80'],
    ['host: cart.shop', 'cart.shop'],
    ['host: crat.shop.svc', 'crat.shop.svc'],
  ])('fails a route to %s', (destination, got) => {
    expect(find(routeTo(destination))).toMatchObject([{ on: { path: 'raw/virtualservice/vs' }, got }]);
  });

  it('names the Service of another namespace that has the name', () => {
    const payment = raw(
      '{ apiVersion: v1, kind: Service, metadata: { name: payment, namespace: pay }, spec: { ports: [{ port: 8080 }] } }',
    );
    expect(find([...payment, ...routeTo('host: payment')])).toMatchObject([
      { fix: expect.stringContaining('write payment.pay.svc.cluster.local, if that is meant') },
    ]);
    expect(find(routeTo('host: caart'))).toMatchObject([{ fix: 'write cart.shop.svc.cluster.local' }]);
  });

  it.each([
    ['host: istiod.istio-system.svc.cluster.local', []],
    ['host: grafana.istio-system.svc.cluster.local', []],
    ['host: kiaali.istio-system.svc.cluster.local', ['write kiali.istio-system.svc.cluster.local']],
  ])('takes what others install in the root namespace, unless another name must be meant: %s', (destination, fixes) => {
    const kiali = raw(
      '{ apiVersion: v1, kind: Service, metadata: { name: kiali, namespace: istio-system }, spec: { ports: [{ port: 20001 }] } }',
    );
    const model = { objects: [...kiali, ...routeTo(destination)], namespaces: [namespace('istio-system', 'sidecar')] };
    expect(findings(unknownHost, model).map(({ fix }) => fix)).toEqual(fixes);
    expect(findings(unknownHost, { ...model, rootNamespace: 'istio-config' })).toHaveLength(1);
  });

  it('fails a mirror, once for each host', () => {
    const text =
      'mirror: { host: crat }, mirrors: [{ destination: { host: crat, port: { number: 80 } } }, { destination: { host: cart } }]';
    expect(find(virtualService(text))).toMatchObject([{ got: 'crat.shop.svc.cluster.local' }]);
  });

  it('fails a DestinationRule, for its host or for a port', () => {
    expect(find(ruleFor('host: "*.shop.svc.cluster.local"'))).toEqual([]);
    expect(find(ruleFor('host: crat'))).toHaveLength(1);
    expect(find(ruleFor('host: cart, trafficPolicy: { portLevelSettings: [{ port: { number: 80 } }] }'))).toMatchObject([
      { got: 'cart.shop.svc.cluster.local:80' },
    ]);
  });

  it('fails an HTTPRoute, for its parent, its backend or their ports', () => {
    const backend = (ref: string) => httpRoute(`rules: [{ backendRefs: [{ ${ref} }] }]`);
    expect(find(backend('name: cart, port: 8080'))).toEqual([]);
    expect(find(backend('name: crat, port: 8080'))).toHaveLength(1);
    expect(find(backend('name: cart, port: 80'))).toHaveLength(1);
    expect(find(httpRoute('parentRefs: [{ group: "", kind: Service, name: crat }]'))).toHaveLength(1);
    expect(find(httpRoute('parentRefs: [{ name: gateway, namespace: edge }]'))).toEqual([]);
  });

  it('fails a Sidecar that lets its pods know such a host, and takes patterns and what is left out', () => {
    const scope = (hosts: string) =>
      raw(
        `{ apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: s, namespace: shop }, spec: { egress: [{ hosts: [${hosts}] }] } }`,
      );
    expect(find(scope('./*, "*/api.example.com", shop/cart.shop.svc.cluster.local, "~/*", "~shop/crat.shop.svc.cluster.local"'))).toEqual(
      [],
    );
    expect(find(scope('shop/crat.shop.svc.cluster.local'))).toMatchObject([{ got: 'crat.shop.svc.cluster.local' }]);
  });

  it('knows hosts of ServiceEntries, Gateways and imported services', () => {
    const entry = raw(
      '{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: e, namespace: shop }, spec: { hosts: [db.shop.svc.cluster.local] } }',
    );
    const gateway = raw(
      '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: istio } }',
    );
    const objects = [...entry, ...gateway, ...routeTo('host: db'), ...routeTo('host: edge-istio'), ...routeTo('host: imported')];
    expect(findings(unknownHost, { objects, namespaces, others: [other('service', 'imported')] })).toEqual([]);
  });

  describe('where no Namespace stands in the files', () => {
    const bare = (objects: ReturnType<typeof raw>) => findings(unknownHost, { objects, knownNamespaces: [] });

    it.each([
      ['host: caart', 'write cart.shop.svc.cluster.local'],
      ['host: payment', 'name a Service of the namespace, or hand over the file that has it as well'],
      ['host: payment.shop.svc', 'write payment.shop.svc.cluster.local'],
    ])('fails a route to %s, of whose namespace there are Services', (destination, fix) => {
      expect(bare([...CART, ...routeTo(destination)])).toMatchObject([{ fix }]);
    });

    it.each(['host: cart', 'host: payment.pay.svc.cluster.local', 'host: kubernetes.default.svc.cluster.local', 'host: acme.shop'])(
      'takes a route to %s',
      (destination) => {
        const other = raw(
          '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: default }, spec: { ports: [{ port: 80 }] } }',
        );
        expect(bare([...CART, ...other, ...routeTo(destination)])).toEqual([]);
      },
    );

    it('takes one whose namespace has no Service here, or an operator that makes more', () => {
      const operated = raw('{ apiVersion: databases.example.com/v1, kind: Postgres, metadata: { name: db, namespace: shop } }');
      expect(bare(routeTo('host: payment'))).toEqual([]);
      expect(bare([...CART, ...operated, ...routeTo('host: payment')])).toEqual([]);
      const dns = raw(
        '{ apiVersion: v1, kind: Service, metadata: { name: dns, namespace: kube-system }, spec: { ports: [{ port: 53 }] } }',
      );
      expect(bare([...dns, ...routeTo('host: metrics.kube-system.svc.cluster.local')])).toEqual([]);
    });
  });
});
