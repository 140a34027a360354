import { Chart } from 'cdk8s';
import {
  DataPlane,
  GatewayApi,
  GatewayListener,
  IngressGateway,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
} from 'istio-constructs';
import { newerGatewayApi } from '../../../lib/rules/installed/newer-gateway-api';
import { newChart } from '../../builders';
import { findings, raw } from '../model-builder';

const ROUTE = raw(`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec: { rules: [{ retry: { attempts: 2 } }] }
`);

describe(newerGatewayApi.title, () => {
  it('is silent where nobody has said which bundle there is, and about one that knows it', () => {
    expect(findings(newerGatewayApi, { objects: ROUTE })).toEqual([]);
    expect(findings(newerGatewayApi, { objects: ROUTE, gatewayApi: '1.7' })).toEqual([]);
  });

  it('tells of a field that the bundle does not have, and where it stands', () => {
    expect(findings(newerGatewayApi, { objects: ROUTE, gatewayApi: '1.6' })).toMatchObject([
      {
        on: ROUTE[0],
        field: ['spec', 'rules', 0, 'retry', 'attempts'],
        message:
          'HTTPRoute shop/cart needs bundle 1.7 of the Gateway API, and the cluster has 1.6: before, earlier CRDs do not know the field: retry.attempts',
        got: 'bundle 1.6',
      },
    ]);
  });

  it('holds constructs to the bundle that Mesh says', () => {
    const codes = (gatewayApi: GatewayApi): string[] => {
      const chart: Chart = newChart();
      new Mesh(chart, 'mesh', { gatewayApi });
      const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
      const vault = new MeshedService(shop, 'vault', { image: 'vault:1', ports: [MeshPort.https(8200)] });
      const listeners = [GatewayListener.tlsPassthrough({ hosts: ['vault.example.com'], port: 8443 })];
      const gateway = new IngressGateway(shop, 'edge', { tlsSecret: 'cert', listeners });
      gateway.expose(vault, { host: 'vault.example.com' });
      return MeshReport.of(chart).findings.map(({ code }) => code);
    };
    expect(codes(GatewayApi.V1_4)).toContain('MESH602');
    expect(codes(GatewayApi.V1_5)).not.toContain('MESH602');
  });
});
