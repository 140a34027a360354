import {
  DataPlane,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ServiceIdentity,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import {
  findingCodes,
  gatewayPods,
  grant,
  manifest,
  manifests,
  names,
  newChart,
  pods,
  principal,
  rule,
  service,
  shop,
  spec,
  tcp,
} from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const LABEL = 'istio.io/ingress-use-waypoint';
const invoice = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane: DataPlane.ambient(), waypoint: 'waypoint' };

describe('IngressGateway.fromAttributes', () => {
  forEachEnforcer((plane) => {
    it('attaches a route in the namespace of what it exposes, and has no objects of its own', () => {
      const { chart, cart } = shop(plane);
      IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'platform' }).expose(cart, {
        host: 'shop.example.com',
        pathPrefix: '/cart',
      });
      expect(spec(chart, 'HTTPRoute', 'cart-public', 'shop')).toEqual({
        hostnames: ['shop.example.com'],
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'platform' }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/cart' } }],
            backendRefs: [{ group: '', kind: 'Service', name: 'cart', port: 8080, weight: 1 }],
          },
        ],
      });
      expect(manifests(chart).filter(({ metadata }) => metadata.namespace === 'platform')).toEqual([]);
    });

    it('is let in by its identity and its pods, and through the waypoint where there is one', () => {
      const { chart, cart } = shop(plane);
      IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'platform' }).expose(cart, { host: 'shop.example.com' });
      expect(grant(chart, 'cart').rules).toEqual([rule(principal('platform', 'public-istio'), { ports: ['8080'] })]);
      const gateway = gatewayPods('platform', 'public');
      const way = plane.of({
        sidecar: { policy: 'cart', ports: tcp(8080) },
        ztunnel: { policy: 'cart', ports: tcp(15008) },
        waypoint: { policy: 'waypoint', ports: tcp(15008) },
      });
      expect(spec(chart, 'NetworkPolicy', way.policy, 'shop').ingress).toContainEqual({ from: [gateway], ports: way.ports });
      const label = plane.of({ sidecar: undefined, ztunnel: undefined, waypoint: 'true' });
      expect(manifest(chart, 'Service', 'cart').metadata.labels?.[LABEL]).toBe(label);
    });
  });

  forEachPlane((plane) => {
    it('is known by the listener, the account and the labels that are said', () => {
      const { chart, cart } = shop(plane);
      const gateway = IngressGateway.fromAttributes(chart, 'theirs', {
        namespaceName: 'platform',
        name: 'public',
        listener: 'tenants',
        serviceAccountName: 'front',
        podLabels: { app: 'front' },
      });
      gateway.expose(cart, { host: 'shop.example.com' });
      expect(gateway).toMatchObject({ gatewayName: 'public', namespaceName: 'platform', serviceAccountName: 'front' });
      expect(spec(chart, 'HTTPRoute', 'cart-public')).toMatchObject({ parentRefs: [{ name: 'public', sectionName: 'tenants' }] });
      expect(JSON.stringify(grant(chart, 'cart'))).toContain(principal('platform', 'front'));
      expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'cart', 'shop').ingress)).toContain(
        JSON.stringify(pods('platform', { app: 'front' })),
      );
    });

    it('tells its owner what to add, and is a caller like any other', () => {
      const { chart, cart, product } = shop(plane);
      const gateway = IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'platform' });
      gateway.expose(cart, { host: 'shop.example.com' });
      product.access.allow(gateway);
      expect(findingCodes(gateway)).toEqual(['MESH403']);
      expect(findingCodes(chart)).toEqual(['MESH403']);
    });
  });

  it('fails for a gateway that this program makes, whichever is declared first', () => {
    const chart = newChart();
    const edge = new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
    new IngressGateway(edge, 'public', { tlsSecret: 'cert' });
    const refusal = { code: 'MESH084', fix: 'pass the IngressGateway' };
    const name = () => IngressGateway.fromAttributes(chart, 'one', { namespaceName: 'edge', name: 'public' });
    expectRefusal(name, { ...refusal, path: 'test/one', got: 'the same gateway at test/edge/public' });
    IngressGateway.fromAttributes(chart, 'other', { namespaceName: 'edge', name: 'partners' });
    const make = () => new IngressGateway(edge, 'partners', { tlsSecret: 'cert' });
    expectRefusal(make, { ...refusal, path: 'test/edge/partners', got: 'the same gateway at test/other' });
  });

  it('claims a host and a path once, by whichever name it is known', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    const [one, other] = ['one', 'other'].map((id) =>
      IngressGateway.fromAttributes(chart, id, { namespaceName: 'platform', name: 'public' }),
    );
    one.expose(cart, { host: 'shop.example.com' });
    other.expose(product, { host: 'shop.example.com' });
    expect(() => chart.toJson()).toThrow('MESH402');
  });
});

describe('a gateway that other programs share', () => {
  const shared = (zeroTrust: boolean, routesFrom?: string[]) => {
    const chart = newChart();
    const dataPlane = DataPlane.sidecar();
    const edge = zeroTrust ? new ZeroTrustNamespace(chart, 'edge', { dataPlane }) : new MeshNamespace(chart, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'public', { tlsSecret: 'cert', routesFrom });
    gateway.expose(service(new MeshNamespace(chart, 'web', { dataPlane }), 'web'), { host: 'www.example.com' });
    return chart;
  };
  const attaching = (values: string[]) => ({
    listeners: [
      {
        allowedRoutes: { namespaces: { selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } },
      },
    ],
  });

  it('takes routes of the namespaces that it names, and of what it exposes', () => {
    expect(spec(shared(false, ['shop', 'bank', 'web']), 'Gateway', 'public')).toMatchObject(attaching(['bank', 'shop', 'web']));
    expect(spec(shared(false), 'Gateway', 'public')).toMatchObject(attaching(['web']));
    expect(names(shared(false, ['shop']), 'NetworkPolicy')).toEqual([]);
  });

  it('is let out to them in a closed namespace', () => {
    const outTo = (chart: ReturnType<typeof shared>) => spec(chart, 'NetworkPolicy', 'public', 'edge').egress;
    const toShop = { to: [pods('shop')], ports: [{ protocol: 'TCP' }] };
    expect(outTo(shared(true, ['shop']))).toContainEqual(toShop);
    expect(outTo(shared(true))).not.toContainEqual(toShop);
  });

  it('fails for a namespace that there cannot be', () => {
    const edge = new MeshNamespace(newChart(), 'edge', { dataPlane: DataPlane.sidecar() });
    const act = () => new IngressGateway(edge, 'public', { tlsSecret: 'cert', routesFrom: ['Shop'] });
    expectRefusal(act, { code: 'MESH001', path: 'test/edge/public', got: 'Shop', fix: 'another namespace name' });
  });
});

describe('a service of another program', () => {
  const exposed = (attributes = {}) => {
    const chart = newChart();
    const edge = new ZeroTrustNamespace(chart, 'edge', { dataPlane: DataPlane.ambient() });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
    const theirs = MeshedService.fromAttributes(chart, 'invoice', { ...invoice, ...attributes });
    return { chart, expose: () => gateway.expose(theirs, { host: 'pay.example.com' }) };
  };

  it('is exposed by a route in its own namespace; findings tell its owner what to add', () => {
    const { chart, expose } = exposed();
    expose();
    expect(names(chart, 'HTTPRoute')).toEqual(['billing/invoice-gateway']);
    expect(spec(chart, 'HTTPRoute', 'invoice-gateway')).toMatchObject({ rules: [{ backendRefs: [{ name: 'invoice', port: 80 }] }] });
    expect(JSON.stringify(spec(chart, 'Gateway', 'gateway'))).toContain('"values":["billing"]');
    expect(spec(chart, 'NetworkPolicy', 'gateway', 'edge').egress).toContainEqual({ to: [gatewayPods('billing')], ports: tcp(15008) });
    expect(findingCodes(chart).sort()).toEqual(['MESH207', 'MESH404']);
  });

  it('needs no label where it has no waypoint', () => {
    const { chart, expose } = exposed({ waypoint: undefined });
    expose();
    expect(findingCodes(chart)).toEqual(['MESH207']);
  });

  it('fails when it is called by a host that is no Service of this cluster', () => {
    const { expose } = exposed({ host: 'invoice.example.internal' });
    expectRefusal(expose, {
      code: 'MESH085',
      path: 'test/edge/gateway',
      got: 'invoice at invoice.example.internal',
      fix: 'leave host out',
    });
  });
});

describe('a Service behind a waypoint', () => {
  const labelled = (allow: (cart: MeshedService, product: MeshedService) => void): boolean => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    product.calls(cart);
    allow(cart, product);
    return manifest(chart, 'Service', 'cart').metadata.labels?.[LABEL] === 'true';
  };

  it('leads gateways through it wherever a caller may be one', () => {
    expect(labelled((cart) => cart.access.allow(ServiceIdentity.of('platform', 'public-istio')))).toBe(true);
    expect(labelled((cart) => cart.access.allowAnyone('open to all'))).toBe(true);
    expect(labelled(() => undefined)).toBe(false);
  });
});
