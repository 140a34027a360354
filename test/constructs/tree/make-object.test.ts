import { CanaryRelease, IstioVersion, Mesh, MeshNamespace, MeshPort, MeshReport } from 'istio-constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { inVersionOf } from '../../../lib/constructs/tree/make-object';
import { findingCodes, manifests, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ALPHA = 'gateway.networking.k8s.io/v1alpha2';

describe('an object for an older Istio', () => {
  it('is written in the version that it reads, where there is one', () => {
    expect(inVersionOf(gateway.TcpRoute, '1.30.5').GVK).toEqual({ apiVersion: ALPHA, kind: 'TCPRoute' });
    for (const version of [undefined, '1.31.0', '1.31.1']) expect(inVersionOf(gateway.TcpRoute, version).GVK).toBe(gateway.TcpRoute.GVK);
    expect(inVersionOf(gateway.HttpRoute, '1.29.0').GVK).toBe(gateway.HttpRoute.GVK);
  });

  forEachPlane((plane) => {
    const released = (istioVersion: IstioVersion) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { istioVersion });
      const home = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const db = service(home, 'db', { ports: [MeshPort.tcp(9000)] });
      new CanaryRelease(home, 'release', { service: db, canary: { version: 'v2', image: 'db:2' }, weight: 10 });
      return chart;
    };
    const versions = (chart: ReturnType<typeof newChart>) =>
      manifests(chart)
        .filter(({ kind }) => kind === 'TCPRoute')
        .map(({ apiVersion }) => apiVersion);

    it('shares connections out all the same, and the report says what that asks of the cluster', () => {
      const [older, newer] = [IstioVersion.V1_30, IstioVersion.V1_31].map(released);
      expect(versions(older)).toEqual(plane.of({ sidecar: [], ambient: [ALPHA] }));
      expect(versions(newer)).toEqual(plane.of({ sidecar: [], ambient: ['gateway.networking.k8s.io/v1'] }));
      for (const chart of [older, newer]) expect(findingCodes(chart).filter((code) => /MESH(60.|294)/.test(code))).toEqual([]);
      const { gatewayApiChannel, istiodFlags } = MeshReport.of(older).requirements;
      expect(istiodFlags).toEqual(plane.of({ sidecar: [], ambient: ['PILOT_ENABLE_ALPHA_GATEWAY_API=true'] }));
      expect(gatewayApiChannel).toBe(plane.of({ sidecar: undefined, ambient: 'experimental' }));
      expect(MeshReport.of(newer).requirements.istiodFlags).toEqual([]);
    });
  });
});
