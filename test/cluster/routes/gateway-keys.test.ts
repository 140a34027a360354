import { gatewayKey, MESH } from '../../../lib/cluster/routes/gateway-keys';

describe('the name of a gateway', () => {
  it("is completed by the object's own namespace", () => {
    expect([gatewayKey('door', 'shop'), gatewayKey('edge/door', 'shop'), gatewayKey(MESH, 'shop')]).toEqual([
      'shop/door',
      'edge/door',
      'mesh',
    ]);
  });

  it('is the same in its old form, as a host', () => {
    expect([gatewayKey('door.edge', 'shop'), gatewayKey('door.edge.svc.cluster.local', 'shop')]).toEqual(['edge/door', 'edge/door']);
  });
});
