import type { DirectResponseFacts } from '../../model/route-features';
import { defineFeature } from './route-feature';

defineFeature<DirectResponseFacts>({
  key: 'directResponse',
  title: 'direct response',
  needsHttp: true,
  // HTTPRoute has no words for it in any channel: its route has no backend, and answers with 500.
  inRoute: { istio: ({ status, body }) => ({ directResponse: { status, body: body === undefined ? undefined : { string: body } } }) },
  isOfOneRoute: true,
  answers: true,
});
