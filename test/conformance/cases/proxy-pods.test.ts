import { Duration } from 'cdk8s';
import { DataPlane, GatewayService, GatewayServiceType, IngressGateway, MeshNamespace, type ProxyPods } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter } from '../requests';

const PODS: ProxyPods = {
  replicas: 2,
  autoscaling: { maxReplicas: 6, cpuPercent: 60 },
  resources: { cpuMillis: 3000, memoryMebibytes: 64, memoryLimitMebibytes: 96 },
  annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' },
};
const SERVICES: readonly GatewayService[] = [
  {
    annotations: { 'service.example.com/size': 'small' },
    address: '203.0.113.9',
    keepsClientAddress: true,
    sourceRanges: ['198.51.100.0/24'],
  },
  { serviceType: GatewayServiceType.NODE_PORT, keepsClientAddress: true },
  { serviceType: GatewayServiceType.CLUSTER_IP },
];

describe('the pods that Istio makes', () => {
  forEachPlane(({ dataPlane }) => {
    it.each(SERVICES)('for a gateway are as many and as large as somebody says, behind a Service as asked for: %j', async (service) => {
      const one = shop({ dataPlane });
      const edge = new MeshNamespace(one.chart, 'edge', { dataPlane });
      const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', pods: PODS, service });
      gateway.expose(one.cart, { host: 'shop.example.com' });
      expect(await (await judged(one.chart)).answer(enter('https://shop.example.com/'))).toMatchObject({ allowed: true });
    });
  });

  it('for a waypoint are as many as somebody says', async () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypointPods: PODS }) }, { timeout: Duration.seconds(5) });
    one.product.calls(one.cart);
    const mesh = await judged(one.chart);
    const { allowed, legs } = await mesh.answer(call(one.product, one.cart));
    expect([allowed, legs.map(({ at }) => at)]).toEqual([true, ['waypoint shop/waypoint']]);
    expect(mesh.manifests).toContainEqual(
      expect.objectContaining({
        kind: 'ConfigMap',
        metadata: expect.objectContaining({ name: 'waypoint-infrastructure', namespace: 'shop' }),
      }),
    );
  });
});
