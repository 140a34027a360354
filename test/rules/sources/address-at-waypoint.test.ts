import { addressAtWaypoint } from '../../../lib/rules/sources/address-at-waypoint';
import { findings, raw } from '../model-builder';

const policy = (target: string, rule: string) =>
  raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: office, namespace: shop }
spec: { ${target}, action: DENY, rules: [${rule}] }`);

const SERVICE = 'targetRefs: [{ group: "", kind: Service, name: product }]';
const BLOCKS = '{ from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] }';
const gateway = raw(`
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }`);

describe(addressAtWaypoint.title, () => {
  it.each([
    ['at pods', 'selector: { matchLabels: { app: product } }', BLOCKS],
    ['at a gateway', 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: edge }]', BLOCKS],
    ['of a client', SERVICE, '{ from: [{ source: { remoteIpBlocks: ["10.0.0.0/8"] } }] }'],
    ['of nobody', SERVICE, '{ from: [{ source: { namespaces: [shop] } }], when: [{ key: source.namespace, values: [shop] }] }'],
  ])('takes addresses %s', (_, target, rule) => {
    expect(findings(addressAtWaypoint, { objects: [...policy(target, rule), ...gateway] })).toEqual([]);
  });

  it.each([
    ['for a Service', SERVICE, BLOCKS, 'DENY by ipBlocks'],
    [
      'for all waypoints',
      'targetRefs: [{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint }]',
      BLOCKS,
      'DENY by ipBlocks',
    ],
    ['of whom it leaves out', SERVICE, '{ from: [{ source: { notIpBlocks: ["10.0.0.0/8"] } }] }', 'DENY by notIpBlocks'],
    ['in a condition', SERVICE, '{ when: [{ key: source.ip, values: ["10.0.0.7"] }] }', 'DENY by source.ip'],
  ])('fails one %s', (_, target, rule, got) => {
    expect(findings(addressAtWaypoint, { objects: policy(target, rule) })).toMatchObject([{ got }]);
  });
});
