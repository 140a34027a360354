import { workloadAt, workloadOfPod } from '../../../lib/cluster/workloads/running-pods';
import { clusterFrom } from '../../manifests';

const owned = (kind: string, name: string) => `, ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}}]`;
const object = (apiVersion: string, kind: string, name: string, words: string, metadata = '', namespace = 'shop') =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}${metadata}}, ${words}}`;
const TEMPLATE = 'template: {spec: {containers: [{name: app}]}}';
const pod = (name: string, status: string, metadata = '', namespace = 'shop') =>
  object('v1', 'Pod', name, `spec: {containers: [{name: app}]}, status: {${status}}`, metadata, namespace);

describe('a pod that runs', () => {
  const cluster = clusterFrom(
    object('apps/v1', 'Deployment', 'cart', `spec: {${TEMPLATE}}`),
    object('apps/v1', 'ReplicaSet', 'cart-1', `spec: {${TEMPLATE}}`, owned('Deployment', 'cart')),
    object('apps/v1', 'StatefulSet', 'db', `spec: {replicas: 2, ${TEMPLATE}}`),
    object('networking.istio.io/v1', 'WorkloadEntry', 'vm', 'spec: {address: 10.0.0.9, labels: {app: vm}}'),
    pod('cart-1-a', 'podIP: 10.1.0.1, podIPs: [{ip: 10.1.0.1}, {ip: "fd00::1"}]', owned('ReplicaSet', 'cart-1')),
    pod('alone', 'podIP: 10.1.0.2'),
    pod('alone', 'podIP: 10.1.0.2', '', 'bank'),
    pod('done', 'podIP: 10.1.0.3, phase: Succeeded'),
  );
  const named = (key: string) => workloadOfPod(cluster, key)?.key;
  const at = (address: string, namespaceName = 'shop') => workloadAt(cluster, address, namespaceName)?.key;

  it('is of the object that made it, through all that lie between, or its own', () => {
    expect(['shop/cart-1-a', 'shop/alone', 'shop/other', 'shop/done'].map(named)).toEqual([
      'shop/cart',
      'shop/alone',
      undefined,
      undefined,
    ]);
  });

  it('is foreseen by its number where a StatefulSet counts its pods', () => {
    expect(['shop/db-0', 'shop/db-1', 'shop/db-2', 'shop/cart-0', 'bank/db-0'].map(named)).toEqual([
      'shop/db',
      'shop/db',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is found at each of its addresses, the own namespace first; so is a machine', () => {
    expect(['10.1.0.1', 'fd00::1', '10.0.0.9', '10.1.0.3', '10.1.0.4'].map((address) => at(address))).toEqual([
      'shop/cart',
      'shop/cart',
      'shop/vm',
      undefined,
      undefined,
    ]);
    expect([at('10.1.0.2'), at('10.1.0.2', 'bank')]).toEqual(['shop/alone', 'bank/alone']);
  });
});
