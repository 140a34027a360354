import { gatewayDuration, seconds } from '../../support/durations';
import { defineFeature } from './route-feature';

defineFeature<number>({
  key: 'timeoutMs',
  title: 'timeout',
  needsHttp: true,
  inRoute: {
    istio: (ms) => ({ timeout: seconds(ms) }),
    'gateway-api': (ms) => ({ timeouts: { request: gatewayDuration(ms) } }),
  },
});
