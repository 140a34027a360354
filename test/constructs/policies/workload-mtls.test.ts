import { DataPlane, MeshedService, MeshNamespace, MeshPort, MeshReport, UnmeshedService, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifests, names, newChart, service, spec } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const REASON = 'the API server calls the admission webhook';
const PORTS = [MeshPort.http(8080), MeshPort.https(443, { targetPort: 9443, plaintext: REASON })];

describe('a port that takes plaintext', () => {
  forEachEnforcer((plane) => {
    it('has a mode of its own, and rules for it alone in the policy and the NetworkPolicy of the pods', () => {
      const chart = newChart();
      const ops = new ZeroTrustNamespace(chart, 'ops', { dataPlane: plane.dataPlane });
      service(ops, 'operator', { ports: PORTS });
      const selector = { matchLabels: { app: 'operator' } };
      expect(spec(chart, 'PeerAuthentication', 'operator')).toEqual({ selector, portLevelMtls: { '9443': { mode: 'PERMISSIVE' } } });
      expect(spec(chart, 'AuthorizationPolicy', 'operator')).toEqual({
        selector,
        action: 'ALLOW',
        rules: [{ to: [{ operation: { ports: ['9443'] } }] }],
      });
      expect(spec(chart, 'NetworkPolicy', 'operator')).toMatchObject({ ingress: [{ ports: [{ protocol: 'TCP', port: 9443 }] }] });
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.includes('operator'))).toEqual(['ops/operator']);
    });
  });

  forEachPlane((plane) => {
    it('is told with its reason, and silences what would call it a mistake', () => {
      const chart = newChart();
      service(new ZeroTrustNamespace(chart, 'ops', { dataPlane: plane.dataPlane }), 'operator', { ports: PORTS });
      expect(findingCodes(chart)).toEqual(['MESH233']);
      const report = MeshReport.of(chart);
      expect(report.findings[0].text).toContain(`got: reason: ${REASON}`);
      const { calls } = JSON.parse(report.toJson()) as { readonly calls: readonly object[] };
      expect(calls).toMatchObject([{ caller: 'plaintext', callee: 'service:ops/operator', plaintext: true, reason: REASON }]);
    });

    it('closes nothing in an open namespace', () => {
      const chart = newChart();
      service(new MeshNamespace(chart, 'ops', { dataPlane: plane.dataPlane }), 'operator', { ports: PORTS });
      expect(names(chart, 'AuthorizationPolicy')).toEqual([]);
      expect(findingCodes(chart)).toEqual(['MESH233']);
    });

    it('makes nothing of services without one', () => {
      const chart = newChart();
      service(new ZeroTrustNamespace(chart, 'ops', { dataPlane: plane.dataPlane }), 'operator');
      expect(manifests(chart).filter(({ kind }) => kind === 'PeerAuthentication')).toHaveLength(1);
    });

    it('fails where another port leads to the same port of the pods', () => {
      const ops = new ZeroTrustNamespace(newChart(), 'ops', { dataPlane: plane.dataPlane });
      const ports = [...PORTS, MeshPort.https(8443, { targetPort: 9443, suffix: 'api' })];
      expect(() => new MeshedService(ops, 'operator', { image: 'a:1', ports })).toThrow('MESH792');
    });
  });

  it('fails at ports of what another program makes, and of what is outside the mesh', () => {
    const chart = newChart();
    const ops = new ZeroTrustNamespace(chart, 'ops', { dataPlane: DataPlane.sidecar() });
    const attributes = { namespaceName: 'elsewhere', ports: PORTS, dataPlane: DataPlane.sidecar() };
    expect(() => MeshedService.fromAttributes(chart, 'operator', attributes)).toThrow('MESH793');
    expect(() => new UnmeshedService(ops, 'old', { host: 'old.legacy.svc.cluster.local', ports: PORTS })).toThrow('MESH793');
  });

  it('fails without a reason', () => {
    expect(() => MeshPort.https(443, { plaintext: ' ' })).toThrow('MESH791');
  });
});
