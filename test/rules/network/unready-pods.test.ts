import { unreadyPods } from '../../../lib/rules/network/unready-pods';
import { findings, made, raw } from '../model-builder';

const cluster = (mode: string, probe: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ${mode} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: app, image: app, ports: [{ name: health, containerPort: 8081 }], ${probe} }] }
`;
const policy = (spec: string): string => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: added, namespace: shop }
spec: { podSelector: {}, ${spec} }
`;

const HTTP = 'readinessProbe: { httpGet: { path: /, port: health } }';
const CALLERS = 'ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }, { port: 15008 }] }]';
const find = (yaml: string): (string | undefined)[] => findings(unreadyPods, { objects: raw(yaml) }).map(({ got }) => got);

describe(unreadyPods.title, () => {
  it.each([
    ['that lets in callers alone', CALLERS],
    ['that lets in nobody', 'policyTypes: [Ingress]'],
    ['that lets in the addresses of nodes', 'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'],
  ])('fails one %s', (_, spec) => {
    expect(find(cluster('ambient', HTTP) + policy(spec))).toEqual(['probed: 8081']);
  });

  it.each([
    ['that lets the kubelet in', `ingress: [{ from: [{ ipBlock: { cidr: 169.254.7.127/32 } }], ports: [{ port: 8081 }] }]`],
    ['that lets everybody in', 'ingress: [{}]'],
    ['about what goes out', 'policyTypes: [Egress], egress: [{}]'],
  ])('takes one %s', (_, spec) => {
    expect(find(cluster('ambient', HTTP) + policy(spec))).toEqual([]);
  });

  it('takes pods without a probe over the network, pods outside ambient mode, and two policies of which one lets it in', () => {
    expect(find(cluster('ambient', 'readinessProbe: { exec: { command: [test] } }') + policy(CALLERS))).toEqual([]);
    expect(find(cluster('none', HTTP) + policy(CALLERS))).toEqual([]);
    const other = policy('ingress: [{ from: [{ ipBlock: { cidr: 169.254.7.0/24 } }] }]').replace('added', 'probes');
    expect(find(cluster('ambient', HTTP) + policy(CALLERS) + other)).toEqual([]);
  });

  it('leaves pods of closed namespaces to the rule about those', () => {
    const own = made(policy('ingress: [{ from: [{ podSelector: {} }] }]').trim().slice(3));
    const beside = raw(cluster('ambient', HTTP) + policy(CALLERS).replace('added', 'beside'));
    expect(findings(unreadyPods, { objects: [...own, ...beside] })).toEqual([]);
  });
});
