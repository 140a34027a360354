import { Duration } from 'cdk8s';
import { ABTest, RequestMatch, RequestRouting, SessionAffinity, TrafficMirror } from 'istio-constructs';
import { canary, service } from '../../builders';
import { eventually, expectShare, expectShares, statusesOf } from '../expectations';
import type { Row } from '../row';

const version = (name: string) => ({ version: name, image: `registry.example.com/cart:${name}` });
const [V2, V3] = ['v2', 'v3'].map(version);
const TESTER = { headers: { 'x-tester': 'true' } };
const TESTERS = [RequestMatch.header('x-tester', 'true')];

export const MIRROR: Row = {
  what: 'copies its share of the requests to a version, whose answers nobody sees',
  program: ({ shop, cart }) => void new TrafficMirror(shop, 'shadow', { service: cart, mirror: V2, percentage: 40 }),
  check: async (envoy) => {
    envoy.podsOf('shop/cart-v2').forEach((pod) => pod.answersWith(500));
    expectShares(await envoy.sendMany(1000), { 'shop/cart-v1': 100 });
    expect(envoy.countOf('shop/cart-v1')).toBe(1000);
    await eventually(() => expectShare(envoy.countOf('shop/cart-v2'), 1000, 40));
  },
};

export const AFFINITY: Row = {
  what: 'keeps whoever has its cookie on one version',
  program: ({ cart }) => void canary(cart, { weight: 50, affinity: SessionAffinity.cookie({ maxAge: Duration.hours(1) }) }),
  check: async (envoy) => {
    const first = await envoy.sendMany(200);
    expectShares(first, { 'shop/cart-v1': 50, 'shop/cart-v2': 50 });
    for (const { headers, pod = '' } of first.slice(0, 6)) {
      const version = pod.replace(/-\d+$/, '');
      const [cookie = '', name] = /^release=(\w+)/.exec(headers['set-cookie']?.[0] ?? '') ?? [];
      expect(`shop/cart-${name}`).toBe(version);
      expectShares(await envoy.sendMany(60, { headers: { cookie } }), { [version]: 100 });
    }
  },
};

export const ROUTING: readonly Row[] = [
  MIRROR,
  {
    what: 'copies the requests that match to another service, and no others',
    program: ({ shop, product, cart }) => {
      const audit = service(shop, 'audit');
      product.calls(audit);
      new TrafficMirror(shop, 'shadow', { service: cart, mirrorService: audit, match: TESTERS });
    },
    check: async (envoy) => {
      expect(statusesOf(await envoy.sendMany(100))).toEqual({ 200: 100 });
      expect(statusesOf(await envoy.sendMany(50, TESTER))).toEqual({ 200: 50 });
      await eventually(() => expect(envoy.countOf('shop/audit-v1')).toBe(50));
      expect(envoy.countOf('shop/cart-v1')).toBe(150);
    },
  },
  AFFINITY,
  {
    what: 'gives each of three versions its share',
    program: ({ cart }) => void canary(cart, { weight: 20, others: [{ ...V3, weight: 30 }] }),
    check: async (envoy) => expectShares(await envoy.sendMany(1500), { 'shop/cart-v1': 50, 'shop/cart-v2': 20, 'shop/cart-v3': 30 }),
  },
  {
    what: 'shows each variant to its own customers, and the service to everybody else',
    program: ({ shop, cart }) =>
      void new ABTest(shop, 'look', {
        service: cart,
        variants: [
          { ...V2, match: [RequestMatch.cookie('look', 'plain')] },
          { ...V3, match: [RequestMatch.userAgent('Firefox')] },
        ],
      }),
    check: async (envoy) => {
      const cookie = { headers: { cookie: 'a=b; look=plain' } };
      const browser = { headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } };
      expectShares(await envoy.sendMany(60, cookie), { 'shop/cart-v2': 100 });
      expectShares(await envoy.sendMany(60, browser), { 'shop/cart-v3': 100 });
      expectShares(await envoy.sendMany(60), { 'shop/cart-v1': 100 });
    },
  },
  {
    what: 'gives the requests of a rule their own version and their own time',
    program: ({ shop, cart }) =>
      void new RequestRouting(shop, 'rules', {
        service: cart,
        versions: [V2],
        rules: [{ match: TESTERS, to: 'v2', timeout: Duration.seconds(1) }],
      }),
    check: async (envoy) => {
      expectShares(await envoy.sendMany(60), { 'shop/cart-v1': 100 });
      envoy.pods.forEach((pod) => pod.answersWith(200, 2500));
      expectShares([await envoy.send()], { 'shop/cart-v1': 100 });
      expect((await envoy.send(TESTER)).status).toBe(504);
      expect(envoy.countOf('shop/cart-v2')).toBe(1);
    },
  },
];
