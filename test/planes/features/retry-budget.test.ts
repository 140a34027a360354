import { routeFeatures } from '../../../lib/planes/features';

const { ofHost, inRoute, needsHttp } = routeFeatures().find(({ key }) => key === 'retryBudget')!;

describe('a retry budget', () => {
  it('is said of hosts, in the words of a DestinationRule', () => {
    expect(ofHost!({ percent: 25, minConcurrency: 5, intervalMs: 2500 })).toEqual({
      retryBudget: { percent: 25, minRetryConcurrency: 5, budgetInterval: '2.5s' },
    });
    expect([inRoute, needsHttp]).toEqual([undefined, true]);
  });

  it('leaves to Istio what was not said', () => {
    expect(ofHost!({ percent: 25 })).toEqual({ retryBudget: { percent: 25, minRetryConcurrency: undefined, budgetInterval: undefined } });
  });
});
