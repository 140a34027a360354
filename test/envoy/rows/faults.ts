import { Duration } from 'cdk8s';
import { FaultInjection, type FaultInjectionProps, RequestMatch, RetryCondition } from 'istio-constructs';
import type { Shop } from '../../builders';
import { expectShare, statusesOf } from '../expectations';
import type { Row } from '../row';

const chaos =
  (fault: Omit<FaultInjectionProps, 'service'>) =>
  ({ shop, cart }: Shop): void =>
    void new FaultInjection(shop, 'chaos', { service: cart, ...fault });

const TESTER = { headers: { 'x-chaos': 'true' } };
const TESTERS = [RequestMatch.header('x-chaos', 'true')];

export const ABORT: Row = {
  what: 'fails its share of the requests, which no pod sees',
  program: chaos({ abort: { status: 418, percentage: 30 } }),
  check: async (envoy) => {
    const { 418: failed, 200: served } = statusesOf(await envoy.sendMany(2000));
    expectShare(failed, 2000, 30);
    expect([failed + served, envoy.countOf()]).toEqual([2000, served]);
  },
};

export const FAULTS: readonly Row[] = [
  ABORT,
  {
    what: 'fails the requests that match, and no others',
    program: chaos({ match: TESTERS, abort: { status: 500 } }),
    check: async (envoy) => {
      expect(statusesOf(await envoy.sendMany(50, TESTER))).toEqual({ 500: 50 });
      expect(statusesOf(await envoy.sendMany(50))).toEqual({ 200: 50 });
    },
  },
  {
    what: 'holds up the requests that match for the time that it says, and lets them in',
    program: chaos({ match: TESTERS, delay: { duration: Duration.seconds(1) } }),
    check: async (envoy) => {
      const slow = await envoy.sendMany(10, TESTER);
      expect(statusesOf(slow)).toEqual({ 200: 10 });
      expect(Math.min(...slow.map(({ millis }) => millis))).toBeGreaterThan(900);
      const others = await envoy.sendMany(50);
      expect(Math.min(...others.map(({ millis }) => millis))).toBeLessThan(900);
    },
  },
  {
    what: 'fails on purpose what is then not tried again, and leaves retries to what a pod fails',
    cart: { retries: { attempts: 2, on: [RetryCondition.GATEWAY_ERROR] } },
    program: chaos({ abort: { status: 503, percentage: 50 } }),
    check: async (envoy) => {
      envoy.pods.forEach((pod) => pod.answersWith(502));
      const { 503: onPurpose, 502: byPods } = statusesOf(await envoy.sendMany(400));
      expectShare(onPurpose, 400, 50);
      expect(envoy.countOf()).toBe(3 * byPods);
    },
  },
  {
    what: 'holds up before the time of the service begins',
    cart: { timeout: Duration.seconds(1) },
    program: chaos({ delay: { duration: Duration.seconds(2) } }),
    check: async (envoy) => {
      expect((await envoy.send()).status).toBe(200);
      envoy.pods.forEach((pod) => pod.answersWith(200, 6000));
      const { status, millis } = await envoy.send();
      expect(status).toBe(504);
      expect(millis).toBeGreaterThan(2900);
    },
  },
];
