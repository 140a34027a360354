import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MeshReport } from 'istio-constructs';
import { forEachPlane, type PlaneName } from '../for-each-plane';
import { CHARTS } from './charts';

const SHOP = ['MESH209 at payments/payment', 'MESH210 at payments/orders-db', 'MESH306 at payments/payment'];

/** All that the rules have to say about an app, and all of it is to inform: what an app shows is there to be copied. */
const INFOS: Readonly<Record<string, Readonly<Record<PlaneName, readonly string[]>>>> = {
  'ambient-migration': { sidecar: [], ambient: [] },
  bank: { sidecar: ['MESH210 at bank/postgres'], ambient: ['MESH210 at bank/postgres'] },
  'blue-green': { sidecar: [], ambient: [] },
  bookinfo: { sidecar: [], ambient: [] },
  boutique: { sidecar: [], ambient: ['MESH310 at boutique/productcatalogservice'] },
  canary: { sidecar: [], ambient: [] },
  ingress: { sidecar: [], ambient: [] },
  databases: { sidecar: ['MESH210 at shop/accounts-db'], ambient: ['MESH210 at shop/accounts-db'] },
  egress: { sidecar: [], ambient: [] },
  gitops: { sidecar: [], ambient: [] },
  install: { sidecar: ['MESH209 at shop/orders'], ambient: ['MESH209 at shop/orders'] },
  jwt: { sidecar: [], ambient: [] },
  'multi-cluster': { sidecar: [], ambient: [] },
  observability: {
    sidecar: [
      ...['grafana', 'kiali', 'prometheus', 'tempo'].map((name) => `MESH210 at add-ons/${name}.monitoring`),
      'MESH272 at edge/gateway',
    ],
    ambient: ['MESH272 at edge/gateway'],
  },
  oidc: { sidecar: ['MESH209 at login/oauth2-proxy'], ambient: ['MESH209 at login/oauth2-proxy'] },
  'online-shop': { sidecar: SHOP, ambient: [...SHOP, 'MESH310 at payments/payment'] },
  payments: { sidecar: ['MESH318 at payments/chaos'], ambient: ['MESH310 at payments/payments-api', 'MESH318 at payments/chaos'] },
  'progressive-delivery': { sidecar: [], ambient: [] },
  'rate-limit': { sidecar: [], ambient: [] },
  resilience: {
    sidecar: ['MESH306 at shop/payments'],
    ambient: ['MESH306 at shop/payments', ...['orders', 'payments', 'stock'].map((name) => `MESH310 at shop/${name}`)],
  },
  workloads: { sidecar: [], ambient: [] },
  'zero-trust': { sidecar: [], ambient: [] },
};

describe.each(Object.keys(CHARTS))('%s', (app) => {
  forEachPlane((plane) => {
    it('has no finding but those that it is meant to have', () => {
      const { findings } = MeshReport.of(CHARTS[app](plane));
      const unacknowledged = findings.filter(({ acknowledged }) => acknowledged === undefined);
      expect(unacknowledged.map(({ level, code, path }) => `${level} ${code} at ${path}`)).toEqual(
        plane.of(INFOS[app]).map((info) => info.replace(/^(\w+) at /, `info $1 at ${app}/`)),
      );
    });
  });
});

it('every app is looked at', () => {
  expect(readdirSync(join(__dirname, '../../apps')).sort()).toEqual(Object.keys(CHARTS).sort());
});
