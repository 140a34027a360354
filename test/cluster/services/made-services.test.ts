import { madeServices } from '../../../lib/cluster/services/made-services';
import { calledService, serviceOf } from '../../../lib/cluster/services/registry';
import { clusterFrom } from '../../manifests';

const HOST = 'front-istio.edge.svc.cluster.local';
const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front, namespace: edge, labels: {tier: outer}}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}, {name: more, port: 80, protocol: HTTP, hostname: a.com}, {name: https, port: 443, protocol: HTTPS}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: edge}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---`;

describe('the Service that istiod makes for a Gateway', () => {
  const made = madeServices(clusterFrom(GATEWAY));

  it('has the ports of its listeners, and their speech', () => {
    expect([...made.keys()]).toEqual([HOST]);
    expect(made.get(HOST)).toMatchObject({ key: 'edge/front-istio', labels: { tier: 'outer' } });
    expect(made.get(HOST)!.ports.map(({ number, isHttp }) => [number, isHttp])).toEqual([
      [15021, false],
      [80, true],
      [443, false],
    ]);
  });

  it('is called, and is none of the manifests', () => {
    expect(calledService(clusterFrom(GATEWAY), HOST)?.key).toBe('edge/front-istio');
    expect(serviceOf(clusterFrom(GATEWAY), HOST)).toBeUndefined();
    const written = '{apiVersion: v1, kind: Service, metadata: {name: front-istio, namespace: edge}, spec: {ports: [{port: 7}]}}';
    expect(calledService(clusterFrom(GATEWAY, written), HOST)?.ports).toHaveLength(1);
  });
});
