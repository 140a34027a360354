import { DataPlane, ExternalPort, ExternalService, HttpAccess, MeshNamespace, MeshReport, Waypoint } from 'istio-constructs';
import { external, findingCodes, gatewayPods, manifest, names, newChart, principal, rule, service, shop, spec, tcp } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const WORLD = [
  { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];

describe('ExternalService', () => {
  forEachPlane((plane) => {
    it('is a ServiceEntry for TLS that the application speaks itself', () => {
      const { chart, payments } = shop(plane);
      external(payments, 'card-network', 'api.cards.example.com');
      expect(manifest(chart, 'ServiceEntry', 'card-network', 'payments')).toMatchObject({
        apiVersion: 'networking.istio.io/v1',
        spec: {
          hosts: ['api.cards.example.com'],
          exportTo: ['.'],
          location: 'MESH_EXTERNAL',
          resolution: 'DNS',
          ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        },
      });
    });

    it('is seen by the namespaces that call it, and by no other', () => {
      const { chart, cart, payments, payment } = shop(plane);
      const cards = external(payments, 'card-network');
      payment.calls(cards);
      expect(spec(chart, 'ServiceEntry', 'card-network').exportTo).toEqual(['.']);
      cart.calls(cards);
      expect(spec(chart, 'ServiceEntry', 'card-network').exportTo).toEqual(['.', 'shop']);
    });

    it('opens its port to every public address, and the report says so', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(
        new ExternalService(payments, 'cards', { host: 'api.example.com', port: ExternalPort.https(8443), name: 'card-network' }),
      );
      expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([{ to: WORLD, ports: tcp(8443) }]);
      expect(findingCodes(payment)).toEqual(['MESH209']);
      expect(names(chart, 'ServiceEntry')).toEqual(['payments/card-network']);
    });

    it('brings no waypoint', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(external(payments, 'card-network'));
      expect(names(chart, 'Gateway')).toEqual([]);
      expect(names(chart, 'AuthorizationPolicy')).toEqual(['shop/deny-all', 'payments/deny-all']);
    });

    it('is open where the namespace is open', () => {
      const chart = newChart();
      const namespace = new MeshNamespace(chart, 'payments', { dataPlane: plane.dataPlane });
      service(namespace, 'payment').calls(external(namespace, 'card-network'));
      expect(names(chart, 'NetworkPolicy')).toEqual([]);
    });
  });

  forEachEnforcer((plane) => {
    it('is granted to its callers behind a waypoint, which would refuse them', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(external(payments, 'card-network'));
      const policies = names(chart, 'AuthorizationPolicy').filter((name) => name.endsWith('card-network'));
      expect(policies).toEqual(plane.of({ sidecar: [], ztunnel: [], waypoint: ['payments/card-network'] }));
    });

    it('is reached through the waypoint of its namespace, which alone goes out', () => {
      const { chart, cart, payments } = shop(plane);
      cart.calls(external(payments, 'card-network'));
      const through = { to: [gatewayPods('payments')], ports: tcp(15008) };
      const straight = { to: WORLD, ports: tcp(443) };
      const egress = plane.of<object>({ sidecar: straight, ztunnel: straight, waypoint: through });
      expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([egress]);
      const text = MeshReport.of(chart).findings.find(({ code }) => code === 'MESH209')!.text;
      const sender = plane.of({
        sidecar: 'shop/cart',
        ztunnel: 'shop/cart',
        waypoint: 'the waypoint payments/waypoint, through which shop/cart calls,',
      });
      expect(text).toContain(`to reach api.example.com, ${sender} may connect to any public address on port 443`);
    });
  });

  it('names its callers at the waypoint by ServiceEntry, and lets the waypoint out', () => {
    const { chart, payments, payment } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    payment.calls(external(payments, 'card-network'));
    expect(spec(chart, 'AuthorizationPolicy', 'card-network', 'payments')).toEqual({
      targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'card-network' }],
      action: 'ALLOW',
      rules: [rule(principal('payments', 'payment'), { ports: ['443'] })],
    });
    expect(spec(chart, 'NetworkPolicy', 'waypoint', 'payments').egress).toContainEqual({ to: WORLD, ports: tcp(443) });
  });

  it('gets its grant when the waypoint comes later than the call', () => {
    const { chart, cart, payments, payment } = shop({ dataPlane: DataPlane.ambient() });
    payment.calls(external(payments, 'card-network'));
    cart.calls(payment, { http: [HttpAccess.get()] });
    expect(names(chart, 'AuthorizationPolicy')).toContain('payments/card-network');
  });

  it('is a host of its caller’s Sidecar scope', () => {
    const { chart, cart, payments } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(external(payments, 'card-network'));
    expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: ['payments/api.example.com'] }]);
  });

  it.each(['', 'api', 'https://api.example.com', 'api.example.com:443', '*', 'a.*.example.com', 'API.example.com', '10.0.0.1'])(
    'fails for the host %p',
    (host) => {
      const act = () => new ExternalService(newChart(), 'cards', { host, port: ExternalPort.https() });
      const fix = host === '10.0.0.1' ? "ExternalNetwork(…, { addresses: ['10.0.0.1']" : 'api.example.com';
      expectRefusal(act, { code: 'MESH023', path: 'test/cards', fix, got: host });
    },
  );

  it.each([
    { host: 'logs.example.com', port: ExternalPort.udp(514), code: 'MESH787', fix: 'ExternalNetwork', got: 'port 514 of logs.example.com' },
    { host: '*.db.example.com', port: ExternalPort.postgres(), code: 'MESH789', fix: 'one by one', got: 'port 5432 of *.db.example.com' },
  ])('fails with $code, $got', ({ host, port, code, fix, got }) => {
    expectRefusal(() => new ExternalService(newChart(), 'host', { host, port }), { code, path: 'test/host', fix, got });
  });

  it('fails for certificates in files where a waypoint begins TLS', () => {
    const { payments } = shop({ dataPlane: DataPlane.ambient() });
    const port = ExternalPort.tlsOrigination({ caCertificates: '/tls/ca.crt' });
    const act = () => new ExternalService(payments, 'partner', { host: 'api.example.com', port });
    expectRefusal(act, { code: 'MESH810', path: 'test/payments/partner', fix: 'DataPlane.sidecar()', got: 'tlsOrigination with files' });
  });

  it('gets the waypoint that begins TLS by itself, once somebody calls', () => {
    const { chart, payments, cart } = shop({ dataPlane: DataPlane.ambient() });
    const rates = new ExternalService(payments, 'rates', { host: 'rates.example.com', port: ExternalPort.tlsOrigination() });
    expect(names(chart, 'Gateway')).toEqual([]);
    cart.calls(rates);
    expect(names(chart, 'Gateway')).toEqual(['payments/waypoint']);
    expect(findingCodes(chart)).toEqual(['MESH209']);
  });

  it('fails the synth where no proxy would begin TLS', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.ambient() });
    const partners = new MeshNamespace(chart, 'partners', { dataPlane: DataPlane.sidecar() });
    const port = ExternalPort.tlsOrigination();
    cart.calls(new ExternalService(partners, 'rates', { host: 'rates.example.com', port }));
    expect(() => chart.toJson()).toThrow('MESH424');
    service(partners, 'billing').calls(new ExternalService(partners, 'taxes', { host: 'taxes.example.com', port }));
    expect(findingCodes(chart).filter((code) => code === 'MESH424')).toEqual(['MESH424']);
  });

  it('keeps no address that its sidecars could tell it by, beside TLS that they begin', () => {
    const { payments, payment } = shop({ dataPlane: DataPlane.sidecar() });
    const database = (id: string, number: number, morePorts: ExternalPort[]) =>
      payment.calls(
        new ExternalService(payments, id, {
          host: `${id}.example.com`,
          port: ExternalPort.postgres(),
          morePorts,
          addresses: [`10.20.0.${number}`],
        }),
      );
    database('orders', 7, []);
    database('bills', 8, []);
    expect(findingCodes(payment)).toEqual([]);
    database('taxes', 9, [ExternalPort.tlsOrigination()]);
    expect(findingCodes(payment)).toEqual([]);
    database('rates', 10, [ExternalPort.tlsOrigination({ port: 8081 })]);
    expect(findingCodes(payment)).toEqual(['MESH420']);
  });

  it('opens the addresses that are said, private ones too, and nothing else', () => {
    const { chart, payments, payment } = shop({ dataPlane: DataPlane.sidecar() });
    const addresses = ['10.20.0.0/16', '192.0.2.7', 'fd00::7'];
    payment.calls(new ExternalService(payments, 'erp', { host: 'erp.corp.example.com', port: ExternalPort.https(), addresses }));
    const blocks = ['10.20.0.0/16', '192.0.2.7/32', 'fd00::7/128'];
    expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([
      { to: blocks.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(443) },
    ]);
    expect(spec(chart, 'ServiceEntry', 'erp')).not.toHaveProperty('addresses');
    expect(findingCodes(payment)).toEqual([]);
  });

  it('fails for a host in the cluster', () => {
    const host = 'db.shop.svc.cluster.local';
    const act = () => new ExternalService(newChart(), 'cards', { host, port: ExternalPort.https() });
    expectRefusal(act, { code: 'MESH053', path: 'test/cards', fix: 'an UnmeshedService', got: host });
  });

  it('fails the synth when it is limited by request, for the mesh reads a server name at most', () => {
    const { chart, payments, payment } = shop({ dataPlane: DataPlane.sidecar() });
    payment.calls(external(payments, 'card-network'), { http: [HttpAccess.get()] });
    expect(() => chart.toJson()).toThrow('MESH202');
  });

  it('fails with one port twice', () => {
    const { payments } = shop({ dataPlane: DataPlane.sidecar() });
    const props = { host: 'api.example.com', port: ExternalPort.https(), morePorts: [ExternalPort.https()] };
    expectRefusal(() => new ExternalService(payments, 'cards', props), { code: 'MESH052', path: 'test/payments/cards', fix: 'drop one' });
  });
});
