import { HttpAccess, MeshPort, UnmeshedService } from 'istio-constructs';
import { findingCodes, manifests, names, newChart, pods, shop, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

describe('UnmeshedService', () => {
  const host = 'orders-db.databases.svc.cluster.local';
  const ports = [MeshPort.tcp(5432, { targetPort: 6432 })];

  forEachPlane((plane) => {
    it('has no objects of its own', () => {
      const chart = newChart();
      new UnmeshedService(chart, 'orders-db', { host, ports });
      expect(manifests(chart)).toEqual([]);
    });

    it('is reached on the ports of its pods, in the clear', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(new UnmeshedService(payments, 'orders-db', { host, ports }));
      expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([{ to: [pods('databases')], ports: tcp(6432) }]);
      expect(findingCodes(chart)).toEqual(['MESH210']);
    });

    it('is reached at its pods alone where their labels are known', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(new UnmeshedService(payments, 'orders-db', { host, ports, podLabels: { app: 'postgres' } }));
      expect(spec(chart, 'NetworkPolicy', 'payment').egress).toEqual([{ to: [pods('databases', { app: 'postgres' })], ports: tcp(6432) }]);
    });

    it('says nothing to the mesh but a host of its caller’s scope', () => {
      const { chart, payments, payment } = shop(plane);
      payment.calls(new UnmeshedService(payments, 'orders-db', { host, ports }));
      const kinds = ['DestinationRule', 'ServiceEntry', 'Gateway', 'VirtualService'];
      expect(kinds.flatMap((kind) => names(chart, kind))).toEqual([]);
      const scope = names(chart, 'Sidecar').includes('payments/payment') ? spec(chart, 'Sidecar', 'payment').egress : undefined;
      expect(scope).toEqual(plane.of<unknown>({ sidecar: [{ hosts: [`databases/${host}`] }], ambient: undefined }));
    });

    it('fails the synth when it is limited by request, which nobody reads', () => {
      const { chart, payments, payment } = shop(plane);
      const web = new UnmeshedService(payments, 'web', { host, ports: [MeshPort.http(80)] });
      payment.calls(web, { http: [HttpAccess.get()] });
      expect(() => chart.toJson()).toThrow(/MESH20[12]/);
    });
  });

  it('fails without ports', () => {
    const act = () => new UnmeshedService(newChart(), 'orders-db', { host, ports: [] });
    expectRefusal(act, { code: 'MESH022', path: 'test/orders-db', fix: 'MeshPort.http(8080)', got: 'ports: []' });
  });
});
