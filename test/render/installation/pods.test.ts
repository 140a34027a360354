import { areSeveral, podsOfGateway, podsOfIstiod, resourcesOf } from '../../../lib/render/installation/pods';
import { factsOf } from './facts';

describe('pods of an installation', () => {
  it('are as the chart has them, and several in production', () => {
    expect(podsOfIstiod(factsOf())).toEqual({});
    expect(podsOfIstiod(factsOf({ profile: 'production' }))).toMatchObject({ autoscaling: { minReplicas: 2 }, cpuMillis: 500 });
  });

  it('are as they are said, in production too', () => {
    const pods = podsOfIstiod(factsOf({ profile: 'production', pods: { replicas: 3, cpuMillis: 900 } }));
    expect(pods).toEqual({ replicas: 3, cpuMillis: 900, memoryMebibytes: 2048, memoryLimitMebibytes: 4096 });
  });

  it('of a gateway are said apart', () => {
    const gateway = { name: 'front', way: 'ingress', pods: { cpuMillis: 100 } } as const;
    expect(podsOfGateway(factsOf(), gateway)).toEqual({ cpuMillis: 100 });
    expect(podsOfGateway(factsOf({ profile: 'production' }), gateway)).toMatchObject({ cpuMillis: 100, autoscaling: { maxReplicas: 5 } });
  });

  it('are several by any word', () => {
    expect(
      [{}, { replicas: 1 }, { replicas: 2 }, { autoscaling: { minReplicas: 2, maxReplicas: 3, cpuPercent: 80 } }].map(areSeveral),
    ).toEqual([false, false, true, true]);
  });

  it('ask for what is said and nothing else', () => {
    expect(resourcesOf({ replicas: 2 })).toBeUndefined();
    expect(resourcesOf({ memoryLimitMebibytes: 512 })).toEqual({ limits: { memory: '512Mi' } });
    expect(resourcesOf({ cpuMillis: 10, memoryMebibytes: 20 })).toEqual({ requests: { cpu: '10m', memory: '20Mi' } });
  });
});
