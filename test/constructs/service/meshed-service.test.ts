import { Chart, Duration } from 'cdk8s';
import { DataPlane, HttpAccess, MeshedService, MeshNamespace, MeshPort } from 'istio-constructs';
import { findingCodes, grant, manifest, names, newChart, principal, rule, service, shop, spec } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const image = 'registry.example.com/cart:1';

describe('MeshedService', () => {
  forEachPlane((plane) => {
    it('is called by its full host name', () => {
      const { cart } = shop(plane);
      expect(cart).toMatchObject({ serviceName: 'cart', namespaceName: 'shop', host: 'cart.shop.svc.cluster.local', version: 'v1' });
    });

    it('goes by another name than its id, if asked to', () => {
      const { chart, cart } = shop(plane, { name: 'basket' });
      expect(cart.host).toBe('basket.shop.svc.cluster.local');
      expect(names(chart, 'Deployment')).toContain('shop/basket-v1');
      expect(names(chart, 'ServiceAccount')).toContain('shop/basket');
    });

    it('says nothing of routes and hosts where there is nothing to say', () => {
      const { chart } = shop(plane);
      const kinds = ['VirtualService', 'DestinationRule', 'HTTPRoute', 'Gateway'];
      expect(kinds.flatMap((kind) => names(chart, kind))).toEqual([]);
    });

    it('has no policy of its own before anybody may call it', () => {
      const { chart } = shop(plane);
      expect(names(chart, 'AuthorizationPolicy')).toEqual(['shop/deny-all', 'payments/deny-all']);
      expect(names(chart, 'NetworkPolicy')).not.toContain('shop/cart');
    });

    it('lives in two namespaces under one name, or in two charts', () => {
      const { chart, payments } = shop(plane);
      service(payments, 'other-cart', { name: 'cart' });
      expect(names(chart, 'Service')).toEqual(['shop/cart', 'shop/product', 'payments/payment', 'payments/cart']);
    });

    it('may have two ports of the Service over one of the pods', () => {
      const { chart } = shop(plane, { ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.http(8080, { suffix: 'old' })] });
      expect(spec(chart, 'Service', 'cart').ports).toMatchObject([
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'http-old', port: 8080, targetPort: 8080 },
      ]);
      expect(spec(chart, 'Deployment', 'cart-v1')).toHaveProperty('template.spec.containers.0.ports.length', 1);
    });
  });

  forEachEnforcer((plane) => {
    it('is granted on the port that its enforcer counts: the Service’s at the waypoint, the pod’s elsewhere', () => {
      const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(80, { targetPort: 8080 })] });
      product.calls(cart);
      const ports = plane.of({ sidecar: ['8080'], ztunnel: ['8080'], waypoint: ['80'] });
      expect(grant(chart, 'cart', 'shop').rules).toEqual([rule(principal('shop', 'product'), { ports })]);
    });

    it('names a port once, however many Service ports lead to it', () => {
      const { chart, cart, product } = shop(plane, {
        ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.http(8080, { suffix: 'old' })],
      });
      product.calls(cart);
      const ports = plane.of({ sidecar: ['8080'], ztunnel: ['8080'], waypoint: ['80', '8080'] });
      expect(grant(chart, 'cart', 'shop').rules).toEqual([rule(principal('shop', 'product'), { ports })]);
    });
  });

  it('fails without ports, and with two of one number or one name', () => {
    const make =
      (...ports: MeshPort[]) =>
      () =>
        new MeshedService(newChart(), 'cart', { image, ports });
    const refusal = { path: 'test/cart' };
    expectRefusal(make(), {
      ...refusal,
      code: 'MESH022',
      fix: 'what nobody calls is a MeshedWorker',
      got: 'ports: []',
    });
    expectRefusal(make(MeshPort.http(80), MeshPort.tcp(80)), { ...refusal, code: 'MESH050', fix: 'change one', got: '80' });
    expectRefusal(make(MeshPort.http(80), MeshPort.http(81)), { ...refusal, code: 'MESH051', fix: 'suffix', got: 'http' });
  });

  it('fails when a service name is used twice in a namespace', () => {
    const { shop: namespace } = shop({ dataPlane: DataPlane.sidecar() });
    const act = () => new MeshedService(namespace, 'again', { name: 'cart', image, ports: [MeshPort.http(8080)] });
    expectRefusal(act, { code: 'MESH020', path: 'test/shop/again', fix: 'another name', got: 'cart, which test/shop/cart' });
  });

  it.each([Duration.days(4167), Duration.hours(100_000), Duration.days(Infinity)])(
    'fails for the duration %s, which no route takes',
    (long) => {
      const props = { image, ports: [MeshPort.http(8080)] };
      const make = (more: object) => () => new MeshedService(newChart(), 'cart', { ...props, ...more });
      const refusal = { code: 'MESH073', path: 'test/cart' };
      expectRefusal(make({ timeout: long }), { ...refusal, fix: 'give timeout a shorter' });
      expectRefusal(make({ retries: { attempts: 1, perTryTimeout: long } }), { ...refusal, fix: 'give perTryTimeout' });
      expectRefusal(make({ circuitBreaker: { consecutiveServerErrors: 5, interval: long } }), { ...refusal, fix: 'give interval' });
      expect(make({ timeout: Duration.hours(99_999) })).not.toThrow();
    },
  );

  it.each([0.5, 1.5, 1e-9])('fails for %p milliseconds, of which there are whole ones', (ms) => {
    const refusal = { code: 'MESH016', path: 'test/cart', fix: 'longer Duration' };
    for (const timeout of [Duration.millis(ms), Duration.seconds(ms / 1000)]) {
      const act = () => new MeshedService(newChart(), 'cart', { image, ports: [MeshPort.http(8080)], timeout });
      expectRefusal(act, refusal);
    }
  });

  it('fails for a duration shorter than a millisecond', () => {
    const props = { image, ports: [MeshPort.http(8080)] };
    const refusal = { code: 'MESH016', path: 'test/cart' };
    const none = Duration.millis(0);
    const make = (more: object) => () => new MeshedService(newChart(), 'cart', { ...props, ...more });
    expectRefusal(make({ timeout: none }), { ...refusal, fix: 'timeout' });
    expectRefusal(make({ retries: { attempts: 1, perTryTimeout: none } }), { ...refusal, fix: 'perTryTimeout' });
    expectRefusal(make({ circuitBreaker: { consecutiveServerErrors: 5, interval: none } }), { ...refusal, fix: 'interval' });
    expectRefusal(make({ circuitBreaker: { consecutiveServerErrors: 5, baseEjectionTime: none } }), {
      ...refusal,
      fix: 'baseEjectionTime',
    });
  });

  it('fails for retries on nothing', () => {
    const act = () => new MeshedService(newChart(), 'cart', { image, ports: [MeshPort.http(8080)], retries: { attempts: 2, on: [] } });
    expectRefusal(act, { code: 'MESH017', path: 'test/cart', fix: 'leave `on` out', got: 'on: []' });
  });

  it.each([
    ['that limits nothing', 'MESH018', {}],
    ['that says how to leave pods out, but not when', 'MESH042', { baseEjectionTime: Duration.seconds(30) }],
    ['that limits, and says how to leave pods out, but not when', 'MESH042', { maxConnections: 1, maxEjectionPercent: 50 }],
  ])('fails for a circuit breaker %s', (_, code, circuitBreaker) => {
    const act = () => new MeshedService(newChart(), 'cart', { image, ports: [MeshPort.http(8080)], circuitBreaker });
    expectRefusal(act, { code, path: 'test/cart', fix: 'consecutiveGatewayErrors' });
  });
});

describe('a MeshedService outside any namespace construct', () => {
  it('lives in the namespace of its chart, and a finding says that nothing enrols it', () => {
    const chart = newChart();
    const cart = service(chart, 'cart');
    expect(cart.namespaceName).toBe('default');
    expect(manifest(chart, 'Service', 'cart').metadata.namespace).toBe('default');
    expect(findingCodes(chart)).toEqual(['MESH112']);
  });

  forEachPlane((plane) => {
    it('is of the plane that it names itself', () => {
      const chart = newChart();
      const { dataPlane } = plane;
      const [cart, product] = [service(chart, 'cart', { dataPlane }), service(chart, 'product', { dataPlane })];
      cart.calls(product);
      expect(spec(chart, 'AuthorizationPolicy', 'product')).toMatchObject({ selector: { matchLabels: { app: 'product' } } });
      expect(product.dataPlane).toBe(dataPlane);
    });

    it('fails to name a plane inside a namespace that says it already', () => {
      const { dataPlane } = plane;
      const shop = new MeshNamespace(newChart(), 'shop', { dataPlane });
      const act = () => new MeshedService(shop, 'cart', { image, ports: [MeshPort.http(8080)], dataPlane });
      expectRefusal(act, { code: 'MESH013', path: 'test/shop/cart', fix: 'on the namespace only' });
    });
  });

  it('fails to name another plane than one beside it, for a namespace has one', () => {
    const chart = newChart();
    service(chart, 'cart', { dataPlane: DataPlane.sidecar() });
    const act = () => new MeshedService(chart, 'product', { image, ports: [MeshPort.http(8080)], dataPlane: DataPlane.ambient() });
    expectRefusal(act, { code: 'MESH040', path: 'test/product', fix: 'dataPlane' });
  });

  it('belongs to the namespace construct of its chart’s namespace, wherever that is declared', () => {
    const { chart } = shop({ dataPlane: DataPlane.ambient() });
    const team = new Chart(chart.node.root, 'team', { namespace: 'shop' });
    const search = service(team, 'search');
    expect(search.dataPlane).toEqual(DataPlane.ambient());
    service(team, 'web').calls(search);
    expect(names(team, 'NetworkPolicy')).toEqual(['shop/search', 'shop/web']);
    expect(findingCodes(team)).toEqual([]);
  });

  it('fails when HTTP is needed in ambient mode, where nobody makes its waypoint', () => {
    const chart = newChart();
    const dataPlane = DataPlane.ambient();
    service(chart, 'cart', { dataPlane }).calls(service(chart, 'product', { dataPlane }), { http: [HttpAccess.get()] });
    expect(() => chart.toJson()).toThrow(/MESH10[23]/);
  });
});
