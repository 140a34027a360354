import { App } from 'cdk8s';
import fc from 'fast-check';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import type { Cluster } from '../../lib/cluster/cluster';
import { destinationsOf, virtualServices } from '../../lib/cluster/routes/virtual-services';
import { backendsOf, gatewayApiRoutes } from '../../lib/cluster/routes/gateway-api-routes';
import { servicesOf } from '../../lib/cluster/services/services';
import { knownAccounts } from '../../lib/cluster/workloads/accounts';
import { gatewayHosts, gatewaysOf } from '../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import { decide } from '../../lib/verdict/decide';
import { enforcersOfService } from '../../lib/verdict/enforcers';
import type { Caller, Request } from '../../lib/verdict/requests/request';
import { split } from '../../lib/verdict/split';
import { clusterOf } from '../manifests';
import * as made from '../verdict/fixtures';

const SHOPS = [DataPlane.sidecar(), DataPlane.ambient()].map(
  (dataPlane) => new OnlineShop(new App(), 'online-shop', { dataPlane }).toJson() as object[],
);

const RAW = made.objects(
  made.namespace('shop', made.SIDECAR),
  made.namespace('edge', made.BEHIND_WAYPOINT),
  made.CART,
  made.CART_VERSIONS,
  made.waypoint('all'),
  made.GATEWAY,
  made.EXPOSED,
  made.STRICT,
  made.P1,
  made.P2,
  made.SUBSETS,
  made.virtualService(
    'cart',
    `hosts: [cart], http: [{match: [{uri: {regex: "/a.*"}, headers: {x: {prefix: a}}}], ${made.SEVENTY_THIRTY}}]`,
  ),
  made.httpRoute('cart-v1', '{kind: Service, group: "", name: cart-v1}', made.NINETY_TEN),
  `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cards, namespace: shop}
spec: {hosts: ["*.example.com"], exportTo: ["."], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: web, namespace: shop}
spec: {workloadSelector: {labels: {app: web}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{port: {number: 80}, hosts: ["*/*"]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec: {selector: {app: cart}, servers: [{port: {number: 443}, hosts: ["shop/*"]}]}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: shop}
spec: {labels: {app: cart}, serviceAccount: vm}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: id.example.com, audiences: [shop]}]}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: routes, namespace: shop}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to: [{group: "", kind: Service}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: night, namespace: shop}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app}]}}}}}`,
);

const CORPUS = [...SHOPS, RAW];

/** What people and templates leave in the place of what was meant. */
const ODD = [null, true, 0, -1, 1.5, '', 'text', '*', '/', '(', '10.0.0.0/99', [], [null], [[]], {}, { a: 1 }, [{}], ['text']] as const;

interface Change {
  /** Which object, and at each level which of its entries. */
  readonly steps: readonly number[];
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(), { minLength: 2, maxLength: 9 }),
  value: fc.constantFrom<unknown>(...ODD),
});

/** The manifests with another value somewhere in them: as deep as the steps lead. */
function changed(at: unknown, [step, ...rest]: readonly number[], value: unknown): unknown {
  if (typeof at !== 'object' || at === null || step === undefined) return value;
  const keys = Object.keys(at);
  if (keys.length === 0) return value;
  const key = keys[step % keys.length];
  const next = changed((at as Record<string, unknown>)[key], rest, value);
  return Array.isArray(at) ? at.map((item: unknown, index) => (String(index) === key ? next : item)) : { ...at, [key]: next };
}

const CALLERS: readonly Caller[] = (['sidecar', 'ztunnel', 'none'] as const).map((proxy) => ({
  pod: { namespace: 'shop', labels: { app: 'web' }, serviceAccount: 'web', proxy },
}));

function requestsTo(cluster: Cluster): Request[] {
  const hosts = servicesOf(cluster).flatMap(({ hosts: names, ports }) =>
    ports.map(({ number }) => ({ host: names[0] ?? '', port: number })),
  );
  const pods = workloadsOf(cluster).map(({ key }) => ({ podOf: key, port: 8080 }));
  const doors = gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor);
  const inside = CALLERS.flatMap((from) => [...hosts, ...pods].map((to) => ({ from, to, path: '/cart/1' })));
  const entering = doors.map(({ key }) => ({ from: { gateway: key }, to: { host: 'shop.example.com', port: 443 } }));
  return [...inside, ...entering];
}

function readEverything(cluster: Cluster): void {
  knownAccounts(cluster);
  gatewayHosts(cluster);
  for (const one of virtualServices(cluster)) destinationsOf(cluster, one);
  for (const one of gatewayApiRoutes(cluster)) backendsOf(one);
  for (const one of servicesOf(cluster)) enforcersOfService(cluster, one);
  for (const request of requestsTo(cluster)) {
    decide(cluster, request);
    split(cluster, request);
  }
}

describe('manifests in which something else stands than was meant', () => {
  it('are read, and asked about, without a fall', () => {
    const holds = fc.property(fc.nat(CORPUS.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }), (index, changes) => {
      const manifests = changes.reduce<unknown>((all, { steps, value }) => changed(all, steps, value), CORPUS[index]) as object[];
      expect(() => readEverything(clusterOf(manifests))).not.toThrow();
    });
    fc.assert(holds, { numRuns: 400, seed: 7 });
  });
});
