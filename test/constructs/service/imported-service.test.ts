import { DataPlane, HttpAccess, MeshedService, MeshPort, Waypoint } from 'istio-constructs';
import { findingCodes, gatewayPods, manifests, names, newChart, pods, principal, rule, shop, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80, { targetPort: 8080 })] };

describe('MeshedService.fromAttributes', () => {
  forEachPlane((plane) => {
    it('has no objects of its own', () => {
      const chart = newChart();
      MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: plane.dataPlane });
      expect(manifests(chart)).toEqual([]);
    });

    it('is known by host and identity', () => {
      const invoice = MeshedService.fromAttributes(newChart(), 'theirs', {
        ...attributes,
        dataPlane: plane.dataPlane,
        name: 'invoice',
        serviceAccountName: 'biller',
      });
      expect(invoice).toMatchObject({
        serviceName: 'invoice',
        host: 'invoice.billing.svc.cluster.local',
        principal: principal('billing', 'biller'),
      });
    });

    it('is called: only the caller’s end is written, and a finding says what the other needs', () => {
      const { chart, cart } = shop(plane);
      const invoice = MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: plane.dataPlane });
      cart.calls(invoice);
      const port = plane.of({ sidecar: 8080, ambient: 15008 });
      expect(spec(chart, 'NetworkPolicy', 'cart', 'shop').egress).toEqual([
        { to: [pods('billing', { app: 'invoice' })], ports: tcp(port) },
      ]);
      expect(names(chart, 'AuthorizationPolicy')).toEqual(['shop/deny-all', 'payments/deny-all']);
      expect(findingCodes(cart)).toContain('MESH207');
    });

    it('calls: only the callee’s end is written, and a finding says what the other needs', () => {
      const { chart, cart } = shop(plane);
      const invoice = MeshedService.fromAttributes(chart, 'invoice', {
        ...attributes,
        dataPlane: plane.dataPlane,
        podLabels: { tier: 'billing' },
      });
      invoice.calls(cart);
      const port = plane.of({ sidecar: 8080, ambient: 15008 });
      expect(spec(chart, 'AuthorizationPolicy', 'cart').rules).toEqual([rule(principal('billing', 'invoice'), { ports: ['8080'] })]);
      expect(spec(chart, 'NetworkPolicy', 'cart').ingress).toEqual([{ from: [pods('billing', { tier: 'billing' })], ports: tcp(port) }]);
      expect(findingCodes(invoice)).toEqual(['MESH207']);
    });

    it('means the same from either end', () => {
      const render = (declare: (one: ReturnType<typeof shop>) => void): object => {
        const one = shop(plane);
        declare(one);
        return manifests(one.chart);
      };
      const imported = ({ chart }: ReturnType<typeof shop>) =>
        MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: plane.dataPlane });
      expect(render((one) => imported(one).access.allow(one.cart))).toEqual(render((one) => one.cart.calls(imported(one))));
      expect(render((one) => one.cart.access.allow(imported(one)))).toEqual(render((one) => imported(one).calls(one.cart)));
    });
  });

  it('is a host of its caller’s Sidecar scope, under the name that it has', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(MeshedService.fromAttributes(chart, 'a', { ...attributes, dataPlane: DataPlane.sidecar() }));
    cart.calls(
      MeshedService.fromAttributes(chart, 'b', { ...attributes, dataPlane: DataPlane.sidecar(), host: 'invoice.example.internal' }),
    );
    expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([
      { hosts: ['billing/a.billing.svc.cluster.local', 'billing/invoice.example.internal'] },
    ]);
  });

  it('is reached through the waypoint that it names', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.ambient() });
    const invoice = MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: DataPlane.ambient(), waypoint: 'gate' });
    cart.calls(invoice, { http: [HttpAccess.get('/invoices/*')] });
    expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([{ to: [gatewayPods('billing', 'gate')], ports: tcp(15008) }]);
  });

  it('fails when it is called by path and names no waypoint', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.ambient() });
    const invoice = MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: DataPlane.ambient() });
    cart.calls(invoice, { http: [HttpAccess.get('/invoices/*')] });
    expect(() => chart.toJson()).toThrow('MESH201');
  });

  it('keeps the waypoint of the caller’s namespace out of calls that leave it', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    cart.calls(MeshedService.fromAttributes(chart, 'invoice', { ...attributes, dataPlane: DataPlane.ambient() }));
    expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([{ to: [pods('billing', { app: 'invoice' })], ports: tcp(15008) }]);
  });

  forEachPlane((plane) => {
    const asOfOthers = { ...attributes, namespaceName: 'shop', dataPlane: plane.dataPlane };
    const refusal = { code: 'MESH076', fix: 'pass the MeshedService', got: 'the same service at' };

    it('fails for a service that this program makes, whichever comes first', () => {
      const { chart, shop: scope } = shop(plane);
      expectRefusal(() => MeshedService.fromAttributes(chart, 'cart', asOfOthers), {
        ...refusal,
        path: 'test/cart',
        got: 'the same service at test/shop/cart',
      });
      MeshedService.fromAttributes(chart, 'web', asOfOthers);
      const act = () => new MeshedService(scope, 'web', { image: 'web:1', ports: [MeshPort.http(80)] });
      expectRefusal(act, { ...refusal, path: 'test/shop/web', got: 'the same service at test/web' });
    });

    it('is taken twice, under the host of another cluster, and under the name of one in another namespace', () => {
      const { chart, cart } = shop(plane);
      const others = [
        { ...asOfOthers, name: 'cart', host: 'cart.shop.svc.clusterset.local' },
        { ...asOfOthers, name: 'cart', namespaceName: 'other' },
        { ...asOfOthers, name: 'cart', namespaceName: 'other' },
      ];
      const make = () => others.forEach((one, index) => cart.calls(MeshedService.fromAttributes(chart, `other-${index}`, one)));
      expect(make).not.toThrow();
    });
  });

  it('fails without ports', () => {
    const act = () => MeshedService.fromAttributes(newChart(), 'invoice', { ...attributes, dataPlane: DataPlane.sidecar(), ports: [] });
    expectRefusal(act, { code: 'MESH022', path: 'test/invoice', fix: 'MeshPort.http(8080)', got: 'ports: []' });
  });
});
