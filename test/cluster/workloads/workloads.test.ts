import { tryWorkload, workloadsAnywhereWith, workloadsOf, workloadsWith } from '../../../lib/cluster/workloads/workloads';
import { clusterFrom } from '../../manifests';
import { workloadEntry, workloadGroup } from '../../verdict/fixtures';

const SHOP = '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}}';
const deployment = (name: string, labels: string, rest = '', namespace = 'shop') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${rest}template: {metadata: {labels: {${labels}}}, spec: {containers: [{ports: [{name: main, containerPort: 8080}, {containerPort: x}]}]}}}`;

describe('workloads', () => {
  const cluster = clusterFrom(
    SHOP,
    deployment('cart-v1', 'app: cart, version: v1', 'replicas: 3, '),
    deployment('cart-v2', 'app: cart, version: v2', 'replicas: many, '),
    deployment('cart', 'app: cart', '', 'bank'),
  );
  const keys = (found: readonly { readonly key: string }[]) => found.map(({ key }) => key);

  it('have what decides about their pods', () => {
    expect(tryWorkload(cluster, 'shop/cart-v1')).toMatchObject({
      namespaceName: 'shop',
      labels: { app: 'cart', version: 'v1' },
      proxy: { name: 'ztunnel' },
      principal: 'cluster.local/ns/shop/sa/default',
      replicas: 3,
      namedPorts: { main: 8080 },
      object: { kind: 'Deployment', name: 'cart-v1' },
    });
    expect(tryWorkload(cluster, 'shop/cart-v2')?.replicas).toBe(1);
    expect(tryWorkload(cluster, 'shop/none')).toBeUndefined();
  });

  it('prove nothing outside the mesh', () => {
    expect(tryWorkload(cluster, 'bank/cart')).toMatchObject({ proxy: { name: 'none' }, principal: undefined });
  });

  it('are found by the labels of their pods, in a namespace or anywhere', () => {
    expect(keys(workloadsWith(cluster, 'shop', { app: 'cart' }))).toEqual(['shop/cart-v1', 'shop/cart-v2']);
    expect(keys(workloadsWith(cluster, 'shop', { app: 'cart', version: 'v2' }))).toEqual(['shop/cart-v2']);
    expect(keys(workloadsWith(cluster, 'shop', {}))).toEqual(['shop/cart-v1', 'shop/cart-v2']);
    expect(keys(workloadsWith(cluster, 'nowhere', {}))).toEqual([]);
    expect(keys(workloadsAnywhereWith(cluster, { app: 'cart' }))).toHaveLength(3);
  });

  it('have an address each', () => {
    expect(new Set(workloadsOf(cluster).map(({ address }) => address)).size).toBe(3);
  });

  it('outside the cluster have a proxy that somebody has installed', () => {
    const vm =
      '{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: vm, namespace: bank}, spec: {labels: {app: vm}}}';
    expect(workloadsOf(clusterFrom(vm))).toMatchObject([{ isOutside: true, proxy: { name: 'sidecar' } }]);
  });

  it('outside the cluster are where they say, with their ports and the weight that they have among others', () => {
    const said = 'address: 10.9.0.1, ports: {http: 8080, odd: x}, weight: 3, network: far, serviceAccount: vm, labels: {app: vm}';
    expect(workloadsOf(clusterFrom(workloadEntry('vm', said)))).toMatchObject([
      {
        address: '10.9.0.1',
        namedPorts: { http: 8080 },
        replicas: 3,
        network: 'far',
        principal: 'cluster.local/ns/shop/sa/vm',
        isNamed: false,
        hasNoAddress: false,
      },
    ]);
    const [named, none] = workloadsOf(clusterFrom(workloadEntry('a', 'address: vm.example.com'), workloadEntry('b', 'serviceAccount: ""')));
    expect(named).toMatchObject({ isNamed: true, hasNoAddress: false, replicas: 1, serviceAccountName: 'default' });
    expect(none).toMatchObject({ isNamed: false, hasNoAddress: true, serviceAccountName: 'default' });
  });

  it('of a group are those that are registered, if some are', () => {
    const group = workloadGroup('vms', 'metadata: {labels: {app: vm}}, template: {labels: {tier: one, app: old}, serviceAccount: vm}');
    const counts = (...entries: string[]) => tryWorkload(clusterFrom(group, ...entries), 'shop/vms')?.replicas;
    expect(tryWorkload(clusterFrom(group), 'shop/vms')?.labels).toEqual({ tier: 'one', app: 'vm' });
    const registered = workloadEntry('vm', 'address: 10.9.0.1', ', annotations: {istio.io/autoRegistrationGroup: vms}');
    const alike = workloadEntry('vm', 'address: 10.9.0.1, labels: {app: vm}', ', labels: {tier: one}');
    const other = workloadEntry('vm', 'address: 10.9.0.1, labels: {app: vm}');
    expect([counts(), counts(registered), counts(alike), counts(other)]).toEqual([1, 0, 0, 1]);
  });

  it('of a group are where its annotation says, else anywhere', () => {
    const group = workloadGroup('vms', 'template: {serviceAccount: vm}');
    const placed = group.replace('metadata: {', "metadata: {annotations: {istio-constructs/cidrs: '10.21.0.0/24,10.22.0.7/32'}, ");
    const blocksOf = (text: string) => tryWorkload(clusterFrom(text), 'shop/vms')?.blocks;
    expect(blocksOf(group)).toEqual(['0.0.0.0/0']);
    expect(blocksOf(placed)).toEqual(['10.21.0.0/24', '10.22.0.7/32']);
  });
});
