import { gatewayDuration, seconds } from '../../support/durations';
import { defineFeature } from './route-feature';

/** What a port of streams says. */
const NONE = 0;

defineFeature<number>({
  key: 'timeoutMs',
  title: 'timeout',
  needsHttp: true,
  inRoute: {
    istio: (ms) => (ms === NONE ? {} : { timeout: seconds(ms) }),
    'gateway-api': (ms) => (ms === NONE ? {} : { timeouts: { request: gatewayDuration(ms) } }),
  },
  atPort: ({ timeoutMs }) => timeoutMs,
  none: NONE,
});
