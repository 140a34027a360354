import { DataPlane } from 'istio-constructs';
import { proxyPodsOf } from '../../../lib/values/workload/proxy-pods';
import { expectRefusal } from '../../support/refusal';

describe('ProxyPods', () => {
  it('are counted by load where somebody says so, from as many on as there are otherwise', () => {
    expect(proxyPodsOf('here', { replicas: 2, autoscaling: { maxReplicas: 5 } })).toMatchObject({
      replicas: undefined,
      autoscaling: { minReplicas: 2, maxReplicas: 5, cpuPercent: 80 },
    });
  });

  it('fail for fewer than one, and for more at least than at most', () => {
    const refusal = { code: 'MESH015', path: 'DataPlane', fix: 'bounds' } as const;
    expectRefusal(() => DataPlane.ambient({ waypointPods: { replicas: 0 } }), { ...refusal, got: '0' });
    expectRefusal(() => DataPlane.ambient({ waypointPods: { autoscaling: { minReplicas: 3, maxReplicas: 2 } } }), { ...refusal, got: '2' });
  });
});
