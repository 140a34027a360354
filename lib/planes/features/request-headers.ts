import type { HeaderFacts } from '../../model/route-features';
import { filterOperations, operations } from '../shaping/header-operations';
import { defineFeature } from './route-feature';

defineFeature<HeaderFacts>({
  key: 'requestHeaders',
  title: 'request headers',
  needsHttp: true,
  inRoute: {
    istio: (said) => ({ headers: { request: operations(said) } }),
    'gateway-api': (said) => ({ filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: filterOperations(said) }] }),
  },
});
