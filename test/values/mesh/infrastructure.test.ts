import { DataPlane, Infrastructure, ZeroTrustNamespace } from 'istio-constructs';
import { infrastructurePolicy, newChart, pods, service, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ISTIOD = { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15012) };
const METRICS = { from: [pods('monitoring')], ports: tcp(15020) };

const apiServer = (cidr: string, port: number) => ({ to: [{ ipBlock: { cidr } }], ports: tcp(port) });

describe('Infrastructure', () => {
  forEachPlane((plane) => {
    it('is the same where nothing is said', () => {
      expect(infrastructurePolicy(plane, Infrastructure.of())).toEqual(infrastructurePolicy(plane));
    });

    it('opens the API server only when its addresses are given', () => {
      const opened = (props: object) => infrastructurePolicy(plane, Infrastructure.of(props)).egress;
      expect(opened({ apiServerCidr: '10.1.0.1/32' })).toContainEqual(apiServer('10.1.0.1/32', 6443));
      expect(opened({ apiServerCidr: '10.1.0.1/32', apiServerPort: 443 })).toContainEqual(apiServer('10.1.0.1/32', 443));
      expect(opened({ apiServerPort: 443 })).toEqual(opened({}));
    });

    it('finds istiod and Prometheus where they are said to be', () => {
      const infrastructure = Infrastructure.of({ controlPlaneNamespace: 'mesh', monitoringNamespace: 'watch' });
      const { ingress, egress } = infrastructurePolicy(plane, infrastructure);
      expect(ingress).toEqual(plane.of<unknown>({ sidecar: [{ ...METRICS, from: [pods('watch')] }], ambient: undefined }));
      const istiod = { ...ISTIOD, to: [pods('mesh', { app: 'istiod' })] };
      expect(egress).toEqual(
        plane.of<unknown>({ sidecar: expect.arrayContaining([istiod]), ambient: expect.not.arrayContaining([istiod]) }),
      );
      expect(egress).not.toContainEqual(ISTIOD);
    });

    it('lets the kubelet probe other containers, where probes have an address of their own', () => {
      const chart = newChart();
      const infrastructure = Infrastructure.of({ probePorts: [9100] });
      service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane, infrastructure }), 'cart');
      const probes = [{ from: [{ ipBlock: { cidr: '169.254.7.127/32' } }, expect.anything()], ports: tcp(8080, 9100) }];
      expect(spec(chart, 'NetworkPolicy', 'infrastructure').ingress).toEqual(plane.of<unknown>({ sidecar: [METRICS], ambient: probes }));
    });

    it.each([{ apiServerPort: 0 }, { probePorts: [9100, 70000] }])('fails for a port out of range: %j', (props) => {
      expect(() => Infrastructure.of(props)).toThrow(/^MESH002 at Infrastructure: a (apiServerPort|probe port) is a whole number/);
    });
  });

  it('lets workloads in sidecar mode reach the API server by name as well', () => {
    const chart = newChart();
    const infrastructure = Infrastructure.of({ apiServerCidr: '10.0.0.1/32' });
    service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar(), infrastructure }), 'cart');
    expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: ['default/kubernetes.default.svc.cluster.local'] }]);
  });
});
