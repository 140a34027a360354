import type { RetryBudgetFacts } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature } from './route-feature';

defineFeature<RetryBudgetFacts>({
  key: 'retryBudget',
  title: 'retry budget',
  needsHttp: true,
  ofHost: ({ percent, minConcurrency, intervalMs }) => ({
    retryBudget: {
      percent,
      minRetryConcurrency: minConcurrency,
      budgetInterval: intervalMs === undefined ? undefined : seconds(intervalMs),
    },
  }),
});
