import { Duration } from 'cdk8s';
import { RetryCondition } from 'istio-constructs';
import { statusesOf } from '../expectations';
import type { ProxyUnderTest } from '../proxy-under-test';
import type { Row } from '../row';

/** Milliseconds after which a pod would answer, were it waited for: whoever gave up did so before. */
const LONG = 3500;

/** Has every pod fail, and counts the tries of one request. */
async function triesOf(envoy: ProxyUnderTest, method: string): Promise<number> {
  envoy.pods.forEach((pod) => pod.answersWith(503));
  const before = envoy.countOf();
  expect((await envoy.send({ method })).status).toBe(503);
  return envoy.countOf() - before;
}

export const RETRIES: Row = {
  what: 'tries a failed request once and as often again as it says, but no POST, which may have been processed',
  cart: { retries: { attempts: 3, on: [RetryCondition.CONNECT_FAILURE, RetryCondition.GATEWAY_ERROR] } },
  check: async (envoy) => {
    expect(await triesOf(envoy, 'GET')).toBe(4);
    expect(await triesOf(envoy, 'HEAD')).toBe(4);
    expect(await triesOf(envoy, 'POST')).toBe(1);
    expect(await triesOf(envoy, 'DELETE')).toBe(1);
  },
};

export const TIMEOUT: Row = {
  what: 'gives up after the time that it says',
  cart: { timeout: Duration.seconds(1), retries: { attempts: 0 } },
  check: async (envoy) => {
    envoy.pods.forEach((pod) => pod.answersWith(200, LONG));
    const { status, millis } = await envoy.send();
    expect(status).toBe(504);
    expect(millis).toBeGreaterThan(900);
    envoy.pods.forEach((pod) => pod.answersWith(200, 50));
    expect((await envoy.send()).status).toBe(200);
  },
};

export const EJECTION: Row = {
  what: 'leaves out the one pod of two that fails',
  cart: {
    retries: { attempts: 0 },
    circuitBreaker: { consecutiveServerErrors: 3, baseEjectionTime: Duration.minutes(5), maxEjectionPercent: 50 },
  },
  check: async (envoy) => {
    const [failing, sound] = envoy.podsOf('shop/cart-v1');
    expect(statusesOf(await envoy.sendMany(60))).toEqual({ 200: 60 });
    expect(failing.received.length).toBeGreaterThan(0);
    failing.answersWith(500);
    await envoy.sendMany(200);

    const [before, soundBefore] = [failing.received.length, sound.received.length];
    expect(statusesOf(await envoy.sendMany(100))).toEqual({ 200: 100 });
    expect(failing.received.length - before).toBe(0);
    expect(sound.received.length - soundBefore).toBe(100);
  },
};

export const RESILIENCE: readonly Row[] = [
  RETRIES,
  {
    what: 'tries a POST again where the service says that it bears it',
    cart: { retries: { attempts: 2, on: [RetryCondition.GATEWAY_ERROR], idempotent: true } },
    check: async (envoy) => expect(await triesOf(envoy, 'POST')).toBe(3),
  },
  {
    what: 'tries nothing again where retries are switched off',
    cart: { retries: { attempts: 0 } },
    check: async (envoy) => expect(await triesOf(envoy, 'GET')).toBe(1),
  },
  TIMEOUT,
  {
    what: 'gives each try its own time, and tries again',
    cart: {
      timeout: Duration.seconds(20),
      retries: { attempts: 2, perTryTimeout: Duration.millis(500), on: [RetryCondition.GATEWAY_ERROR] },
    },
    check: async (envoy) => {
      envoy.pods.forEach((pod) => pod.answersWith(200, LONG));
      const { status, millis } = await envoy.send();
      expect([status, envoy.countOf()]).toEqual([504, 3]);
      expect(millis).toBeGreaterThan(1400);
    },
  },
  EJECTION,
  {
    what: 'has no more requests on the way than it says, and refuses those for which there is no room',
    cart: { retries: { attempts: 0 }, circuitBreaker: { maxConnections: 2, maxPendingRequests: 1 } },
    check: async (envoy) => {
      envoy.pods.forEach((pod) => pod.answersWith(200, 1000));
      const statuses = statusesOf(await envoy.sendMany(12));
      expect(Object.keys(statuses)).toEqual(['200', '503']);
      expect(statuses[200]).toBe(envoy.countOf());
      expect(envoy.pods.reduce((sum, pod) => sum + pod.atMost, 0)).toBeLessThanOrEqual(4);
    },
  },
];
