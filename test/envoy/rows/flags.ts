import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import { RetryCondition } from 'istio-constructs';
import { NO_POD_LEFT, NO_TRY_LEFT } from '../../../lib/render/observability/service-alerts';
import { eventually } from '../expectations';
import type { ProxyUnderTest } from '../proxy-under-test';
import type { Row } from '../row';

const BAD_GATEWAY = [RetryCondition.GATEWAY_ERROR];

/** Expects that the proxy has said something of its requests that alerts ask for, or nothing of it. */
async function expectFlags(envoy: ProxyUnderTest, seen: { readonly [alert in 'retries' | 'breaker']: boolean }): Promise<void> {
  const like = (pattern: string): boolean => envoy.flags().some((flags) => new RegExp(`^(${pattern})$`).test(flags));
  await eventually(() => {
    expect(envoy.flags()).toContain('-');
    expect({ retries: like(NO_TRY_LEFT), breaker: like(NO_POD_LEFT) }).toEqual(seen);
  });
}

/** Has all pods answer with this. */
const answers = (envoy: ProxyUnderTest, status: number, afterMillis = 0): void =>
  envoy.pods.forEach((pod) => pod.answersWith(status, afterMillis));

/** What ServiceAlerts compares of `response_flags`, as the proxy says it that chooses a pod. */
export const FLAGS: readonly Row[] = [
  {
    what: 'is there for a request whose every try failed',
    cart: { retries: { attempts: 2, on: BAD_GATEWAY } },
    check: async (envoy) => {
      await envoy.send();
      answers(envoy, 503);
      await envoy.send();
      await expectFlags(envoy, { retries: true, breaker: false });
    },
  },
  {
    what: 'is not there for a failure that nobody tries again',
    cart: { retries: { attempts: 0 } },
    check: async (envoy) => {
      answers(envoy, 503);
      await envoy.send();
      await expectFlags(envoy, { retries: false, breaker: false });
    },
  },
  {
    what: 'is there for a request for which a circuit breaker has no room',
    cart: { retries: { attempts: 0 }, circuitBreaker: { maxConnections: 1, maxPendingRequests: 1 } },
    check: async (envoy) => {
      answers(envoy, 200, 500);
      await envoy.sendMany(12);
      await expectFlags(envoy, { retries: false, breaker: true });
    },
  },
  {
    what: 'is there where all pods are put aside',
    cart: {
      retries: { attempts: 0 },
      circuitBreaker: { consecutiveServerErrors: 1, baseEjectionTime: Duration.minutes(5), maxEjectionPercent: 100 },
    },
    check: async (envoy) => {
      answers(envoy, 500);
      for (let round = 0; round < 20 && (await envoy.send()).status !== 503; round++) await sleep(200);
      await expectFlags(envoy, { retries: false, breaker: true });
    },
  },
  {
    what: 'is there for a request that is not tried again since the budget for retries is used up',
    cart: { retries: { attempts: 2, on: BAD_GATEWAY, budget: { percent: 1, minConcurrency: 1 } } },
    check: async (envoy) => {
      await envoy.send();
      answers(envoy, 503, 200);
      await envoy.sendMany(64);
      await expectFlags(envoy, { retries: true, breaker: true });
    },
  },
];
