import { Color, RequestMatch } from 'istio-constructs';
import { blueGreen, canary, edgeGateway } from '../../builders';
import { expectShares } from '../expectations';
import type { Row } from '../row';

const TESTER = { headers: { 'x-canary': 'true' } };
const PREVIEW = { headers: { 'x-preview': 'green' } };

export const SPLIT: Row = {
  what: 'sends a tenth of the requests to the canary',
  program: ({ cart }) => void canary(cart, { weight: 10 }),
  check: async (envoy) => expectShares(await envoy.sendMany(2500), { 'shop/cart-v1': 90, 'shop/cart-v2': 10 }),
};

export const HEADER_MATCH: Row = {
  what: 'sends every request with the header to the canary, and no other at weight 0',
  program: ({ cart }) => void canary(cart, { weight: 0, match: [RequestMatch.header('x-canary', 'true')] }),
  check: async (envoy) => {
    expectShares(await envoy.sendMany(200, TESTER), { 'shop/cart-v2': 100 });
    expectShares(await envoy.sendMany(200), { 'shop/cart-v1': 100 });
    expectShares(await envoy.sendMany(50, { headers: { 'x-canary': 'false' } }), { 'shop/cart-v1': 100 });
  },
};

const EXPOSED = {
  program: ({ chart, cart }, { dataPlane }) => {
    canary(cart, { weight: 10 });
    edgeGateway(chart, dataPlane).expose(cart, { host: 'shop.example.com' });
  },
  check: SPLIT.check,
} satisfies Partial<Row>;

export const RELEASES: readonly Row[] = [
  SPLIT,
  { ...EXPOSED, what: 'splits what comes in from outside as well, at the gateway itself', at: 'gateway', planes: ['sidecar'] },
  {
    ...EXPOSED,
    what: 'splits what comes in from outside as well, behind the gateway',
    from: { gateway: 'edge/gateway' },
    planes: ['ambient'],
  },
  HEADER_MATCH,
  {
    what: 'sends requests to blue, and those that match its preview to green',
    program: ({ cart }) => void blueGreen(cart, { preview: [RequestMatch.header('x-preview', 'green')] }),
    check: async (envoy) => {
      expectShares(await envoy.sendMany(200), { 'shop/cart-v1': 100 });
      expectShares(await envoy.sendMany(200, PREVIEW), { 'shop/cart-v2': 100 });
    },
  },
  {
    what: 'sends requests to green once that is live',
    program: ({ cart }) => void blueGreen(cart, { live: Color.GREEN }),
    check: async (envoy) => expectShares(await envoy.sendMany(200), { 'shop/cart-v2': 100 }),
  },
];
