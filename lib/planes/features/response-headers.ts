import type { HeaderFacts } from '../../model/route-features';
import { filterOperations, operations } from '../shaping/header-operations';
import { defineFeature } from './route-feature';

defineFeature<HeaderFacts>({
  key: 'responseHeaders',
  title: 'response headers',
  needsHttp: true,
  inRoute: {
    istio: (said) => ({ headers: { response: operations(said) } }),
    'gateway-api': (said) => ({ filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: filterOperations(said) }] }),
  },
  holdsForAnswers: true,
});
