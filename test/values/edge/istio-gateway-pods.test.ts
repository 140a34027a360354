import { IstioGatewayPods } from '../../../lib/values/edge/istio-gateway-pods';

describe('IstioGatewayPods', () => {
  it('have the labels and the account that the chart gives a release', () => {
    expect(IstioGatewayPods.helmRelease('istio-ingressgateway')._facts).toEqual({
      podLabels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
      serviceAccountName: 'istio-ingressgateway',
      namespaceName: undefined,
      targetPorts: {},
    });
  });

  it('are whatever somebody has installed', () => {
    const pods = { podLabels: { istio: 'door' }, serviceAccountName: 'door', namespaceName: 'doors', targetPorts: { '443': 8443 } };
    expect(IstioGatewayPods.of(pods)._facts).toEqual(pods);
  });

  it.each([
    ['without labels', () => IstioGatewayPods.of({ podLabels: {}, serviceAccountName: 'door' }), 'MESH825'],
    ['for a port that is none', () => IstioGatewayPods.helmRelease('door', { targetPorts: { https: 8443 } }), 'MESH002'],
    ['for a target that is none', () => IstioGatewayPods.helmRelease('door', { targetPorts: { '443': 0 } }), 'MESH002'],
    ['for a release that no Service could be called', () => IstioGatewayPods.helmRelease('Door'), 'MESH001'],
  ])('fail %s', (_, make, code) => {
    expect(make).toThrow(code);
  });
});
