import type { GlobalLimit } from '../../../lib/model/limits/limits';

/** Ten requests a second, of all proxies. */
export const TEN: GlobalLimit = {
  name: 'shop/a',
  requests: 10,
  unit: 'second',
  status: 429,
  enforced: 100,
  tellsCallers: true,
  limiter: { domain: 'd', host: 'counter.shop', namespaceName: 'shop', port: 8081, timeoutMs: 250, failsClosed: false },
};
