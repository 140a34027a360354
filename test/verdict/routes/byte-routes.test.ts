import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import {
  AMBIENT,
  CART,
  CART_VERSIONS,
  cluster,
  namespace,
  serviceEntry,
  SIDECAR,
  SUBSETS,
  virtualService,
  waypoint,
  web,
  sidecarWeb,
} from '../fixtures';
import { weights } from '../weights';

const BYTES = (CART + CART_VERSIONS).replaceAll('name: http, port: 8080', 'name: tcp, port: 8080');
const PLACES = {
  sidecar: namespace('shop', SIDECAR) + BYTES,
  waypoint: namespace('shop', `${AMBIENT}, istio.io/use-waypoint: waypoint`) + waypoint('service') + BYTES,
};
const [V1, V2] = ['shop/cart-v1', 'shop/cart-v2'];
const TO_CART = { to: { host: 'cart.shop.svc.cluster.local', port: 8080 } };
const REQUESTS: Readonly<Record<keyof typeof PLACES, Request>> = {
  sidecar: { from: sidecarWeb, ...TO_CART },
  waypoint: { from: web, ...TO_CART },
};

const tcpRoute = (parent: string, kind = 'TCPRoute') => `
---
{apiVersion: gateway.networking.k8s.io/v1, kind: ${kind}, metadata: {name: cart, namespace: shop}, spec: {parentRefs: [{kind: Service, group: "",
  name: cart${parent}}], rules: [{backendRefs: [{name: cart-v1, port: 8080, weight: 3}, {name: cart-v2, port: 8080}]}]}}
`;
const toSubsets = `route: [{destination: {host: cart, subset: v1}, weight: 60}, {destination: {host: cart, subset: v2}, weight: 40}]`;

describe.each(['sidecar', 'waypoint'] as const)('connections that are no HTTP, read by a %s', (reader) => {
  const at = (...pieces: string[]) => cluster(PLACES[reader], ...pieces);
  const request = REQUESTS[reader];

  it('are split by a TCPRoute over Services, whose weights count against each other', () => {
    expect(weights(at(tcpRoute('')), request)).toEqual({ [V1]: 75, [V2]: 25 });
    expect(weights(at(tcpRoute(', port: 9090')), request)).toEqual({ [V1]: 50, [V2]: 50 });
  });

  it('are split by a VirtualService over subsets, for all ports or for this one', () => {
    const split = { [V1]: 60, [V2]: 40 };
    expect(weights(at(virtualService('cart', `hosts: [cart], tcp: [{${toSubsets}}]`), SUBSETS), request)).toEqual(split);
    const ofPort = virtualService('cart', `hosts: [cart], tcp: [{match: [{port: 8080}], ${toSubsets}}]`);
    expect(weights(at(ofPort, SUBSETS), request)).toEqual(split);
    const ofOther = virtualService('cart', `hosts: [cart], tcp: [{match: [{port: 9090}], ${toSubsets}}]`);
    expect(weights(at(ofOther, SUBSETS), request)).toEqual({ [V1]: 50, [V2]: 50 });
  });

  it('go nobody knows where by blocks of addresses, and at a waypoint past them', () => {
    const block = virtualService('cart', `hosts: [cart], tcp: [{match: [{sourceSubnet: 10.0.0.0/8}], ${toSubsets}}]`);
    const unknown = 'VirtualService shop/cart routes bytes, which is not read here';
    expect(decide(at(block, SUBSETS), request).unknown).toBe(reader === 'sidecar' ? unknown : undefined);
  });

  it('of TLS go by no route of other bytes at a sidecar', () => {
    const ofTls = cluster(PLACES[reader].replaceAll('name: tcp, port: 8080', 'name: tls, port: 8080'), tcpRoute(''));
    expect(weights(ofTls, request)).toEqual(reader === 'sidecar' ? { [V1]: 50, [V2]: 50 } : { [V1]: 75, [V2]: 25 });
  });

  it('have one owner', () => {
    const two = at(tcpRoute(''), virtualService('cart', `hosts: [cart], tcp: [{${toSubsets}}]`), SUBSETS);
    expect(decide(two, request).unknown).toContain('has two owners: TCPRoute shop/cart and VirtualService shop/cart');
  });
});

describe('connections to a port of TLS', () => {
  const SERVICES = (CART + CART_VERSIONS).replaceAll('name: http, port: 8080', 'name: tls, port: 8080');
  const at = (...pieces: string[]) => cluster(namespace('shop', SIDECAR) + SERVICES, ...pieces);
  const asked = { from: sidecarWeb, ...TO_CART };

  it('follow a TLSRoute for their own name, and no TCPRoute', () => {
    const split = { [V1]: 75, [V2]: 25 };
    expect(weights(at(tcpRoute('', 'TLSRoute')), asked)).toEqual(split);
    const named = (host: string) => tcpRoute('', 'TLSRoute').replace('rules:', `hostnames: ["${host}"], rules:`);
    expect(weights(at(named('*.shop.svc.cluster.local')), asked)).toEqual(split);
    expect(decide(at(named('other.example.com')), asked).unknown).toBe('TLSRoute shop/cart routes bytes, which is not read here');
    expect(weights(at(tcpRoute('')), asked)).toEqual({ [V1]: 50, [V2]: 50 });
    expect(weights(cluster(PLACES.sidecar, tcpRoute('', 'TLSRoute')), REQUESTS.sidecar)).toEqual({ [V1]: 50, [V2]: 50 });
  });
});

describe('connections that leave by an egress gateway', () => {
  const HOST = 'api.cards.example.com';
  const to = (host: string) => `route: [{destination: {host: ${host}, port: {number: 443}}}]`;
  const wayOut = (exit: string) => `${namespace('edge', SIDECAR)}
apiVersion: apps/v1
kind: Deployment
metadata: {name: egress, namespace: edge}
spec: {template: {metadata: {labels: {app: egress}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: istio-proxy}]}}}
---
{apiVersion: v1, kind: Service, metadata: {name: egress, namespace: edge}, spec: {selector: {app: egress}, ports: [{name: tls, port: 443}]}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: edge}
spec: {selector: {app: egress}, servers: [{port: {number: 443, name: tls, protocol: TLS}, hosts: [${HOST}], tls: {mode: PASSTHROUGH}}]}
---
${virtualService(
  'cards',
  `hosts: [${HOST}], gateways: [mesh, edge/egress], tls: [
    {match: [{gateways: [mesh], port: 443, sniHosts: [${HOST}]}], ${to('egress.edge.svc.cluster.local')}},
    {match: [{gateways: [edge/egress], sniHosts: [${exit}]}], ${to(HOST)}}]`,
)}`;
  const leaves = (exit = HOST) =>
    decide(cluster(namespace('shop', SIDECAR), serviceEntry(), wayOut(exit)), { from: sidecarWeb, to: { host: HOST, port: 443 } });

  it('pass the gateway on their way out, and end there where it has no route', () => {
    const { allowed, trail } = leaves();
    expect([allowed, [...new Set(trail.map(({ at }) => at))]]).toEqual([true, ['gateway edge/egress', HOST]]);
    expect(leaves('other.example.com')).toMatchObject({ allowed: false, by: 'Gateway edge/egress' });
  });
});
