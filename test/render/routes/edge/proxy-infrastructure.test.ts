import { renderOverlays } from '../../../../lib/render/routes/edge/proxy-infrastructure';

describe('what is laid over the objects of a gateway', () => {
  it('is nothing where nothing is said', () => {
    expect(renderOverlays({})).toEqual({});
    expect(renderOverlays({ replicas: 1 })).toEqual({ deployment: { spec: { replicas: 1 } } });
  });

  it('is a budget from two pods on, whoever counts them', () => {
    const budget = { spec: { maxUnavailable: 1 } };
    expect(renderOverlays({ replicas: 2 }).podDisruptionBudget).toEqual(budget);
    expect(renderOverlays({ autoscaling: { minReplicas: 2, maxReplicas: 4, cpuPercent: 80 } })).toMatchObject({
      podDisruptionBudget: budget,
      horizontalPodAutoscaler: { spec: { minReplicas: 2, maxReplicas: 4 } },
    });
  });

  it('keeps what is kept for the proxy within what it may use', () => {
    const resources = (pods: Parameters<typeof renderOverlays>[0]) =>
      (renderOverlays(pods).deployment as { spec: { template: { spec: { containers: Array<{ resources: object }> } } } }).spec.template.spec
        .containers[0].resources;
    expect(resources({ cpuMillis: 500 })).toEqual({ requests: { cpu: '500m' } });
    expect(resources({ cpuMillis: 3000, memoryMebibytes: 2048 })).toEqual({
      requests: { cpu: '3000m', memory: '2048Mi' },
      limits: { cpu: '3000m', memory: '2048Mi' },
    });
    expect(resources({ memoryLimitMebibytes: 64 })).toEqual({ requests: { memory: '64Mi' }, limits: { memory: '64Mi' } });
  });

  it('says of the Service what load balancers read', () => {
    expect(renderOverlays({}, { annotations: { a: 'b' }, keepsClientAddress: true, sourceRanges: ['10.0.0.0/8'] })).toEqual({
      service: {
        metadata: { annotations: { a: 'b' } },
        spec: { externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['10.0.0.0/8'] },
      },
    });
  });
});
