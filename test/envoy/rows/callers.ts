import { statusesOf } from '../expectations';
import type { Row } from '../row';

export const CALLERS: readonly Row[] = [
  {
    what: 'lets in whoever may call, on the side of the callee',
    cart: { retries: { attempts: 0 } },
    at: 'callee',
    check: async (envoy) => {
      expect(statusesOf(await envoy.sendMany(20))).toEqual({ 200: 20 });
      expect(envoy.countOf()).toBe(20);
    },
  },
  {
    what: 'keeps out everybody else there',
    cart: { retries: { attempts: 0 } },
    at: 'callee',
    from: { identity: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'sidecar' } },
    check: async (envoy) => {
      expect(statusesOf(await envoy.sendMany(20))).toEqual({ 403: 20 });
      expect(envoy.countOf()).toBe(0);
    },
  },
];
