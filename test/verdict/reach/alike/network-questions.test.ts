import { tryWorkload } from '../../../../lib/cluster/workloads/workloads';
import { lettingIn, lettingOut, WaysOut } from '../../../../lib/verdict/reach/alike/network-questions';
import { clusterFrom } from '../../../manifests';
import * as made from '../../fixtures';

const network = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}
---`;
const PODS = [made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1')];
const TO_CART =
  'podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 8080}]}]';

describe('what the network layer asks of callers', () => {
  it('is who is let in, by the first policy that takes everybody', () => {
    const cluster = clusterFrom(
      ...PODS,
      network('a', 'podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]'),
      network('b', 'podSelector: {}, ingress: [{ports: [{port: 8080}]}]'),
      network('c', 'podSelector: {}, ingress: [{}]'),
    );
    const stop = { end: tryWorkload(cluster, 'shop/cart-v1')!, ports: [8080, 9090] };
    const letIn = (port: number) =>
      lettingIn(cluster, stop, port).map(({ policy, questions }) => `${policy.object.name} ${questions.length}`);
    expect([letIn(8080), letIn(9090)]).toEqual([
      ['a 1', 'b 0'],
      ['a 1', 'c 0'],
    ]);
  });

  it('is nothing at a machine, which no policy picks', () => {
    const machine = made.workloadEntry('vm', 'address: 10.9.0.1, labels: {app: web}');
    const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), machine, network('a', 'podSelector: {}, ingress: [{}]'));
    expect(lettingIn(cluster, { end: tryWorkload(cluster, 'shop/vm')!, ports: [8080] }, 8080)).toEqual([]);
  });

  it('is who is let out where, and nothing of whom nobody keeps in', () => {
    const cluster = clusterFrom(...PODS, network('a', TO_CART));
    const [web, cart] = ['shop/web', 'shop/cart-v1'].map((key) => tryWorkload(cluster, key)!);
    const kept = lettingOut(cluster, [cart, web]);
    expect([...kept.values()]).toEqual([[1]]);
    const ways = new WaysOut(cluster, [...kept.keys()]);
    expect([...ways.to({ end: cart, ports: [8080, 9090] }).values()]).toEqual(['0,']);
    expect([...ways.to({ end: web, ports: [8080] })]).toEqual([]);
  });

  it('is not by which policy somebody is let out where another one lets him in', () => {
    const cluster = clusterFrom(...PODS, network('a', TO_CART), network('b', 'podSelector: {}, ingress: [{}]'));
    const web = tryWorkload(cluster, 'shop/web')!;
    const ways = new WaysOut(cluster, [...lettingOut(cluster, [web]).keys()]);
    expect([...ways.to({ end: tryWorkload(cluster, 'shop/cart-v1')!, ports: [8080] }).values()]).toEqual(['out']);
  });
});
