import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import * as made from '../../verdict/fixtures';
import { disagreement } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const HOST = 'api.cards.example.com';
const EGRESS = 'egress.edge.svc.cluster.local';
const WAY_OUT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: egress, namespace: edge}
spec:
  template:
    metadata: {labels: {app: egress, sidecar.istio.io/inject: "true"}, annotations: {inject.istio.io/templates: gateway}}
    spec: {serviceAccountName: egress, containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: egress, namespace: edge}
spec: {selector: {app: egress}, ports: [{name: tls, port: 443, targetPort: 8443}, {name: tcp, port: 5432}]}
---`;
const gateway = (server: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: edge}
spec: {selector: {app: egress}, servers: [{${server}}]}
---`;
const route = (spec: string) => made.virtualService('cards', `hosts: [${HOST}], gateways: [mesh, edge/egress], ${spec}`);
const to = (host: string, port: number, subset = '') =>
  `route: [{destination: {host: ${host}, port: {number: ${port}}${subset && `, subset: ${subset}`}}}]`;
const entry = (protocol: string, port: number) => made.serviceEntry('', `{number: ${port}, name: out, protocol: ${protocol}}`);
const mutual = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egress, namespace: shop}
spec: {host: ${EGRESS}, ${spec}}
---`;
const refusal = made.policy(
  'egress',
  'selector: {matchLabels: {app: egress}}, action: DENY, rules: [{from: [{source: {notPrincipals: ["*/sa/web"]}}]}]',
  'edge',
);

const BASE = [made.namespace('shop', made.SIDECAR), made.namespace('edge', made.SIDECAR), made.deployment('web', 'web', 'v1'), WAY_OUT];
const TLS = (subset = '') => [
  entry('TLS', 443),
  gateway(`port: {number: 443, name: tls, protocol: TLS}, hosts: [${HOST}], tls: {mode: PASSTHROUGH}`),
  route(
    `tls: [{match: [{gateways: [mesh], port: 443, sniHosts: [${HOST}]}], ${to(EGRESS, 443, subset)}}, {match: [{gateways: [edge/egress], port: 443, sniHosts: [${HOST}]}], ${to(HOST, 443)}}]`,
  ),
];
const TCP = (server: string) => [
  entry('TCP', 5432),
  gateway(server),
  route(
    `tcp: [{match: [{gateways: [mesh], port: 5432}], ${to(EGRESS, 5432)}}, {match: [{gateways: [edge/egress], port: 5432}], ${to(HOST, 5432)}}]`,
  ),
];

const CASES: Readonly<Record<string, readonly [number, readonly string[]]>> = {
  'TLS that is passed on': [443, TLS()],
  'TLS to a subset': [443, [...TLS('cards'), mutual('subsets: [{name: cards}]')]],
  'TLS for which the gateway has no server': [
    443,
    TLS().map((one) => one.replace(`hosts: [${HOST}], tls`, 'hosts: [other.example.com], tls')),
  ],
  'TLS for which the gateway has no route': [
    443,
    TLS().map((one) =>
      one.replace(`port: 443, sniHosts: [${HOST}]}], ${to(HOST, 443)}`, `port: 444, sniHosts: [${HOST}]}], ${to(HOST, 443)}`),
    ),
  ],
  bytes: [5432, TCP(`port: {number: 5432, name: tcp, protocol: TCP}, hosts: ["*"]`)],
  'bytes in mutual TLS': [
    5432,
    [
      ...TCP(`port: {number: 5432, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: ISTIO_MUTUAL}`),
      mutual('trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}'),
      refusal,
    ],
  ],
  'bytes without mutual TLS that the gateway asks for': [
    5432,
    TCP(`port: {number: 5432, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: ISTIO_MUTUAL}`),
  ],
  'bytes that a policy stops': [5432, [...TCP(`port: {number: 5432, name: tcp, protocol: TCP}, hosts: ["*"]`), refusal]],
};

const CALLERS: readonly Request['from'][] = [{ workload: 'shop/web' }, made.pod('stranger', 'sidecar')];

describe('bytes that leave by an egress gateway', () => {
  it.each(Object.keys(CASES))('go where istiod sends them: %s', async (name) => {
    const [port, objects] = CASES[name];
    const mesh = meshFrom(made.objects(...BASE, ...objects));
    const requests = CALLERS.map((from) => ({ from, to: { host: HOST, port } }));
    const answers = await mesh.answers(requests);
    const said = requests.map((request, index) => disagreement(mesh.cluster, request, answers[index]));
    expect(said).toEqual(requests.map(() => undefined));
  });

  it('pass the gateway, and end outside', () => {
    const mesh = meshFrom(made.objects(...BASE, ...TLS()));
    const { allowed, workload, trail } = decide(mesh.cluster, { from: CALLERS[0], to: { host: HOST, port: 443 } });
    expect([allowed, workload, [...new Set(trail.map(({ at }) => at))]]).toEqual([true, undefined, ['gateway edge/egress', HOST]]);
  });
});
