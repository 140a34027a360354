import { Chart } from 'cdk8s';
import {
  DataPlane,
  HttpAccess,
  type IMeshedService,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshedWorker,
  MeshNamespace,
  MeshPort,
  MeshReport,
  Migration,
  Routing,
  VirtualMachines,
  Waypoint,
  WrittenMesh,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, gatewayPods, manifests, newChart, pods, principal, service, shop, spec, tcp } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';
import { billingForCart, meshJsonOf, newBilling, writtenBy } from '../../../written';

describe('MeshedService.fromMesh', () => {
  forEachPlane((plane) => {
    it('has no objects of its own, and is known as its program has written it', () => {
      const chart = newChart();
      const invoice = MeshedService.fromMesh(chart, 'theirs', { mesh: writtenBy(newBilling(plane)), name: 'invoice' });
      expect(manifests(chart)).toEqual([]);
      expect(invoice).toMatchObject({
        serviceName: 'invoice',
        host: 'invoice.billing.svc.cluster.local',
        principal: principal('billing', 'invoice'),
      });
    });

    it('is called as if its port, labels and waypoint had been copied', () => {
      const { chart, cart } = shop(plane);
      const invoice = MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(billingForCart(plane)) });
      cart.calls(invoice, { port: 80, http: [HttpAccess.get('/invoices/1')] });
      const egress = plane.of({
        sidecar: { to: [pods('billing', { app: 'invoice' })], ports: tcp(8080) },
        ambient: { to: [gatewayPods('billing')], ports: tcp(15008) },
      });
      expect(spec(chart, 'NetworkPolicy', 'cart', 'shop').egress).toEqual([egress]);
    });

    it.each([undefined, 'far'])('is called at its machines, and they come from there, on network %p', (network) => {
      const machinesIn = (chart: Chart) => {
        const bank = new MeshNamespace(chart, 'bank', { dataPlane: DataPlane.sidecar() });
        return new VirtualMachines(bank, 'db', { ports: [MeshPort.tcp(5432)], machines: [{ address: '10.0.0.5', network }] });
      };
      const cartWith = (chart: Chart, machinesOf: (chart: Chart) => IMeshedService) => {
        new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
        const cart = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart');
        const machines = machinesOf(chart);
        cart.calls(machines);
        machines.calls(cart);
        return spec(chart, 'NetworkPolicy', 'cart', 'shop');
      };
      const theirs = newChart('theirs');
      new Mesh(theirs, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
      machinesIn(theirs);
      const mesh = WrittenMesh.fromJson(MeshReport.of(theirs).toJson());
      const ours = cartWith(newChart(), (chart) => MeshedService.fromMesh(chart, 'db', { mesh }));
      expect(JSON.stringify(ours.egress)).toContain('10.0.0.5/32');
      expect(ours).toEqual(cartWith(newChart(), machinesIn));
    });

    it('makes of two programs what one program makes', () => {
      const always = plane.of({ sidecar: plane.dataPlane, ambient: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
      const http = [HttpAccess.get('/invoices/*')];
      const theirs = newBilling({ dataPlane: always });
      const ours = shop({ dataPlane: always });
      const [written, ofShop] = [writtenBy(theirs), WrittenMesh.fromJson(meshJsonOf(ours.shop))];
      ours.cart.calls(MeshedService.fromMesh(ours.chart, 'invoice', { mesh: written }), { port: 80, http });
      const cart = MeshedService.fromMesh(Chart.of(theirs.billing), 'cart', { mesh: ofShop });
      theirs.invoice.access.allow(cart, { port: 80, http });

      const whole = shop({ dataPlane: always });
      const billing = new ZeroTrustNamespace(whole.chart, 'billing', { dataPlane: always });
      const invoice = service(billing, 'invoice', { ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(9090)] });
      invoice.calls(service(billing, 'ledger', { ports: [MeshPort.tcp(5432)] }));
      whole.cart.calls(invoice, { port: 80, http });

      const sorted = (...charts: Chart[]) => charts.flatMap((one) => manifests(one).map((each) => JSON.stringify(each))).sort();
      expect(sorted(ours.chart, Chart.of(theirs.billing))).toEqual(sorted(whole.chart));
    });

    it('is called through the gateway of its network, where it is in another cluster', () => {
      const [east, west] = [
        MeshCluster.of('east', { network: 'near' }),
        MeshCluster.of('west', { network: 'far', gatewayAddresses: ['203.0.113.20'] }),
      ];
      const { billing } = newBilling(plane);
      new Mesh(Chart.of(billing), 'mesh', { cluster: west, otherClusters: [east] });
      const { chart, cart } = shop(plane);
      new Mesh(chart, 'mesh', { cluster: east, otherClusters: [west] });
      cart.calls(MeshedService.fromMesh(chart, 'ledger', { mesh: writtenBy({ billing }) }));
      const ports = tcp(plane.of({ sidecar: 15443, ambient: 15008 }));
      expect(spec(chart, 'NetworkPolicy', 'cart', 'shop').egress).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.20/32' } }], ports }]);
    });

    it('fails for one that this program makes itself', () => {
      const mesh = WrittenMesh.fromJson(meshJsonOf(shop(plane).shop));
      const { chart } = shop(plane);
      const act = () => MeshedService.fromMesh(chart, 'cart', { mesh });
      expectRefusal(act, { code: 'MESH076', path: 'test/cart', fix: 'pass the MeshedService', got: 'the same service at test/shop/cart' });
    });

    it('fails at a port, and at requests on bytes, that the other program does not have', () => {
      const errors = (call: (ledger: MeshedService, from: MeshedService) => void) => {
        const { chart, cart } = shop(plane);
        call(MeshedService.fromMesh(chart, 'ledger', { mesh: writtenBy(newBilling(plane)) }) as MeshedService, cart);
        return () => chart.toJson();
      };
      expect(errors((ledger, cart) => cart.calls(ledger, { port: 5433 }))).toThrow('MESH203');
      expect(errors((ledger, cart) => cart.calls(ledger, { http: [HttpAccess.get('/')] }))).toThrow('MESH202');
    });
  });

  it('keeps the hosts of versions in the scope of a caller, where routes of the other program name them', () => {
    const { billing, invoice } = newBilling();
    const routed = service(billing, 'routed', { routing: Routing.gatewayApi() });
    [invoice, routed].forEach((one) => canary(one));
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(MeshedService.fromMesh(chart, 'routed', { mesh: writtenBy({ billing }) }));
    const names = ['routed-v1', 'routed-v2', 'routed'].map((name) => `billing/${name}.billing.svc.cluster.local`);
    expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: names }]);
  });

  it('goes round the waypoint of its namespace where its Service does', () => {
    const ambient = { dataPlane: DataPlane.ambient() };
    const { chart, cart } = shop(ambient);
    cart.calls(MeshedService.fromMesh(chart, 'ledger', { mesh: writtenBy(billingForCart(ambient)) }));
    expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([{ to: [pods('billing', { app: 'ledger' })], ports: tcp(15008) }]);
  });

  it('is reached in both planes while its namespace moves', () => {
    const moving = { dataPlane: DataPlane.ambient({ migration: Migration.PREPARE }) };
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(MeshedService.fromMesh(chart, 'ledger', { mesh: writtenBy(newBilling(moving)) }));
    const [{ ports }] = spec(chart, 'NetworkPolicy', 'cart').egress as Array<{ readonly ports: unknown }>;
    expect(ports).toEqual(tcp(5432, 15008));
  });

  it('is named under the trust domain of this program, where that of the other is an alias', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { trustDomain: 'acme.example', trustDomainAliases: ['cluster.local'] });
    const invoice = MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(newBilling()) });
    expect(invoice.principal).toBe('acme.example/ns/billing/sa/invoice');
  });

  it('is in the cluster that the other program says, wherever this one says which it is', () => {
    const { billing } = newBilling();
    new Mesh(Chart.of(billing), 'mesh', { cluster: MeshCluster.of('west') });
    const mesh = writtenBy({ billing });
    const inCluster = (...order: Array<(chart: Chart) => unknown>) => {
      const chart = newChart();
      order.forEach((declare) => declare(chart));
      const { others } = JSON.parse(MeshReport.of(chart).toJson()) as { readonly others: ReadonlyArray<{ readonly cluster?: string }> };
      return others.map(({ cluster }) => cluster);
    };
    const read = (chart: Chart) => MeshedService.fromMesh(chart, 'invoice', { mesh });
    const clusters =
      (cluster: string, ...others: string[]) =>
      (chart: Chart) =>
        new Mesh(chart, 'mesh', { cluster: MeshCluster.of(cluster), otherClusters: others.map((name) => MeshCluster.of(name)) });
    expect(inCluster(clusters('east', 'west'), read)).toEqual(['west']);
    expect(inCluster(read, clusters('east', 'west'))).toEqual(['west']);
    expect(inCluster(read, clusters('west', 'east'))).toEqual([undefined]);
    expect(inCluster(read)).toEqual([undefined]);
  });

  it('fails in a mesh with other names', () => {
    const read = (props: { readonly trustDomain?: string; readonly clusterDomain?: string }) => () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', props);
      MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(newBilling()) });
    };
    const refusal = { code: 'MESH949', path: 'test/invoice' };
    const trusted = { got: 'trust domain cluster.local, and here acme.example', fix: "trustDomain: 'cluster.local'" };
    expectRefusal(read({ trustDomain: 'acme.example' }), { ...refusal, ...trusted });
    const named = { got: 'cluster domain cluster.local, and here acme.local', fix: "clusterDomain: 'cluster.local'" };
    expectRefusal(read({ clusterDomain: 'acme.local' }), { ...refusal, ...named });
  });

  it('fails where the other program makes none of that name, and lists those that it makes', () => {
    const refusal = { code: 'MESH947', path: 'test/invoices' };
    const read = (namespaceName?: string) => () =>
      MeshedService.fromMesh(newChart(), 'invoices', { mesh: writtenBy(newBilling()), namespaceName });
    const fix = 'did you mean billing/invoice? there are billing/invoice, billing/ledger';
    expectRefusal(read(), { ...refusal, got: 'invoices', fix });
    expectRefusal(read('billing'), { ...refusal, got: 'billing/invoices', fix });
    const empty = new MeshNamespace(newChart(), 'empty', { dataPlane: DataPlane.sidecar() });
    const none = () => MeshedService.fromMesh(newChart(), 'invoices', { mesh: WrittenMesh.fromJson(meshJsonOf(empty)) });
    expectRefusal(none, { ...refusal, fix: 'it makes none' });
  });

  it('fails for what is no service there, or is made by a third program', () => {
    const { billing } = newBilling();
    new MeshedWorker(billing, 'mailer', { image: 'mailer:1' });
    const ports = [MeshPort.http(8080)];
    MeshedService.fromAttributes(billing, 'audit', { namespaceName: 'audit', ports, dataPlane: DataPlane.sidecar() });
    const read = (name: string) => () => MeshedService.fromMesh(newChart(), name, { mesh: writtenBy({ billing }) });
    const refusal = { code: 'MESH947', fix: 'there are billing/invoice' };
    expectRefusal(read('mailer'), { ...refusal, path: 'test/mailer', got: 'billing/mailer, a workload there, which is no service' });
    expectRefusal(read('audit'), { ...refusal, path: 'test/audit', got: 'audit/audit, a service there, which somebody else makes' });
  });

  it('fails where there are two, unless its namespace is named', () => {
    const { billing } = newBilling();
    service(new MeshNamespace(Chart.of(billing), 'archive', { dataPlane: DataPlane.sidecar() }), 'ledger');
    const mesh = writtenBy({ billing });
    const act = () => MeshedService.fromMesh(newChart(), 'ledger', { mesh });
    expectRefusal(act, {
      code: 'MESH948',
      path: 'test/ledger',
      got: 'ledger, which is there in archive and billing',
      fix: "namespaceName: 'archive'",
    });
    const { namespaceName } = MeshedService.fromMesh(newChart(), 'ledger', { mesh, namespaceName: 'archive' });
    expect(namespaceName).toBe('archive');
  });
});
