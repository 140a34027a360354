import { ApiObject } from 'cdk8s';
import { DataPlane, EastWestGateway, IstioInstallation, Mesh, MeshCluster, MeshNamespace, MeshReport } from 'istio-constructs';
import { unsetFlag } from '../../../lib/rules/installed/unset-flag';
import { newChart, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const FLAG = 'PILOT_ENABLE_ALPHA_GATEWAY_API';

describe(unsetFlag.title, () => {
  forEachPlane((plane) => {
    const found = (istiodEnv?: { [key: string]: string }, asks = true) => {
      const { chart } = shop(plane);
      new IstioInstallation(chart, 'istio', { istiodEnv });
      const metadata = { name: 'cart', namespace: 'shop' };
      if (asks)
        new ApiObject(chart, 'budget', { apiVersion: 'gateway.networking.x-k8s.io/v1alpha1', kind: 'XBackendTrafficPolicy', metadata });
      return MeshReport.of(chart).findings.filter(({ code }) => code === unsetFlag.code);
    };

    it('is silent where the installation sets it, or nothing asks for it', () => {
      expect(found({ [FLAG]: 'true' })).toEqual([]);
      expect(found(undefined, false)).toEqual([]);
    });

    it('fails for an installation that does not say it, or says something else', () => {
      expect(found()).toMatchObject([
        { level: 'error', path: 'test/istio', text: expect.stringMatching(/XBackendTrafficPolicy shop\/cart.*\n.*no PILOT/) },
      ]);
      expect(found({ [FLAG]: 'false' })).toMatchObject([{ text: expect.stringContaining(`fix: say istiodEnv: { ${FLAG}: 'true' }`) }]);
      expect(found({ [FLAG]: 'false' })[0].text).toContain(`got: ${FLAG}: 'false'`);
    });

    it('is silent where somebody else installs Istio', () => {
      const { chart } = shop(plane);
      new ApiObject(chart, 'gateway', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'a', namespace: 'shop' },
        spec: { gatewayClassName: 'istio-agentgateway', listeners: [] },
      });
      const { findings, requirements } = MeshReport.of(chart);
      expect(requirements.istiodFlags).toEqual(['PILOT_ENABLE_AGENTGATEWAY=true']);
      expect(findings.filter(({ code }) => code === unsetFlag.code)).toEqual([]);
    });
  });

  it('is silent of networks where ztunnel comes with the installation, which sets it by itself', () => {
    const codes = (ambientPods: boolean, istiodEnv?: { [key: string]: string }) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'network-east' }) });
      new IstioInstallation(chart, 'istio', { istiodEnv });
      new EastWestGateway(chart, 'east-west', { dataPlane: DataPlane.ambient() });
      if (ambientPods) new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
      return MeshReport.of(chart).findings.filter(({ code }) => code === unsetFlag.code);
    };
    expect(codes(true)).toEqual([]);
    expect(codes(false)).toHaveLength(1);
    expect(codes(true, { AMBIENT_ENABLE_MULTI_NETWORK: 'false' })).toHaveLength(1);
  });
});
