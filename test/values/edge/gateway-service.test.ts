import { GatewayServiceType } from 'istio-constructs';
import { gatewayServiceOf } from '../../../lib/values/edge/gateway-service';
import { expectRefusal } from '../../support/refusal';

describe('GatewayService', () => {
  it('is a load balancer with an address, or whatever else is asked for', () => {
    expect(gatewayServiceOf('here', { address: '203.0.113.9' })).toMatchObject({ address: '203.0.113.9' });
    expect(gatewayServiceOf('here', { serviceType: GatewayServiceType.NODE_PORT })).toMatchObject({ type: 'NodePort' });
  });

  it.each([
    [{ address: 'gateway.example.com' }],
    [{ address: '203.0.113.9', serviceType: GatewayServiceType.NODE_PORT }],
    [{ sourceRanges: ['10.0.0.0/8'], serviceType: GatewayServiceType.CLUSTER_IP }],
    [{ keepsClientAddress: true, serviceType: GatewayServiceType.CLUSTER_IP }],
  ])('fails for %j', (service) => {
    expectRefusal(() => gatewayServiceOf('here', service), { code: 'MESH798', path: 'here', fix: 'LOAD_BALANCER' });
  });
});
