import { namespacesWithHiddenPods, podTemplates } from '../../../lib/cluster/workloads/pod-templates';
import { clusterFrom } from '../../manifests';

const POD = 'metadata: {labels: {app: cart}}, spec: {serviceAccountName: cart, containers: [{name: app}]}';
const object = (apiVersion: string, kind: string, spec: string, metadata = '') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${kind.toLowerCase()}, namespace: shop${metadata}}
spec: {${spec}}
---`;
const templatesOf = (...pieces: string[]) => podTemplates(clusterFrom(...pieces));

describe('a pod template', () => {
  it.each([
    ['apps/v1', 'Deployment', `template: {${POD}}`],
    ['apps/v1', 'StatefulSet', `template: {${POD}}`],
    ['apps/v1', 'DaemonSet', `template: {${POD}}`],
    ['apps/v1', 'ReplicaSet', `template: {${POD}}`],
    ['v1', 'ReplicationController', `template: {${POD}}`],
    ['batch/v1', 'Job', `template: {${POD}}`],
    ['batch/v1', 'CronJob', `jobTemplate: {spec: {template: {${POD}}}}`],
    ['argoproj.io/v1alpha1', 'Rollout', `template: {${POD}}`],
    ['apps.example.com/v1', 'Fleet', `template: {${POD}}`],
  ])('is found in what has one: %s %s', (apiVersion, kind, spec) => {
    expect(templatesOf(object(apiVersion, kind, spec))).toMatchObject([
      { labels: { app: 'cart' }, serviceAccountName: 'cart', isOutside: false, object: { kind } },
    ]);
  });

  it('is a Pod itself', () => {
    const pod = '{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: cart}}, spec: {serviceAccount: old}}';
    expect(templatesOf(pod)).toMatchObject([{ labels: { app: 'cart' }, serviceAccountName: 'old' }]);
  });

  it('stands for machines beside the cluster', () => {
    const entry = object('networking.istio.io/v1', 'WorkloadEntry', 'address: 10.0.0.1, labels: {app: vm}, serviceAccount: vm');
    const group = object('networking.istio.io/v1', 'WorkloadGroup', 'metadata: {labels: {app: vms}}, template: {serviceAccount: vms}');
    expect(templatesOf(entry, group)).toMatchObject([
      { labels: { app: 'vm' }, serviceAccountName: 'vm', isOutside: true },
      { labels: { app: 'vms' }, serviceAccountName: 'vms', isOutside: true },
    ]);
  });

  it('of a machine has the labels of both places, those around it first', () => {
    const labels = 'labels: {app: vm, version: v1}';
    const entry = object('networking.istio.io/v1', 'WorkloadEntry', `address: 10.0.0.1, ${labels}`, ', labels: {version: v2}');
    const group = object('networking.istio.io/v1', 'WorkloadGroup', `metadata: {labels: {version: v2}}, template: {${labels}}`);
    expect(templatesOf(entry, group).map((one) => one.labels)).toEqual([
      { app: 'vm', version: 'v2' },
      { app: 'vm', version: 'v2' },
    ]);
  });

  it('is not looked for in kinds of Kubernetes and Istio that have none', () => {
    expect(templatesOf(object('v1', 'ConfigMap', `template: {${POD}}`), object('gateway.networking.k8s.io/v1', 'Gateway', ''))).toEqual([]);
    expect(templatesOf(object('example.com/v1', 'Widget', 'template: {spec: {colour: red}}'))).toEqual([]);
  });

  it('may be hidden in what an operator reads, and nobody here', () => {
    const hidden = (...pieces: string[]) => [...namespacesWithHiddenPods(clusterFrom(...pieces))];
    expect(hidden(object('kafka.strimzi.io/v1', 'Kafka', 'kafka: {replicas: 3}'))).toEqual(['shop']);
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', `template: {${POD}}`);
    const seen = [rollout, object('v1', 'ConfigMap', ''), object('networking.istio.io/v1', 'Sidecar', '')];
    expect(hidden(...seen)).toEqual([]);
  });

  it('is that of the Deployment, where a cluster answers with its ReplicaSet and its pods as well', () => {
    const owned = (apiVersion: string, kind: string) =>
      `, ownerReferences: [{apiVersion: ${apiVersion}, kind: ${kind}, name: ${kind.toLowerCase()}, controller: true}]`;
    const replicaSet = object('apps/v1', 'ReplicaSet', `template: {${POD}}`, owned('apps/v1', 'Deployment'));
    const pod = object('v1', 'Pod', 'containers: [{name: app}]', owned('apps/v1', 'ReplicaSet'));
    const kindsOf = (...pieces: string[]) => templatesOf(...pieces).map((template) => template.object.kind);
    expect(kindsOf(object('apps/v1', 'Deployment', `template: {${POD}}`), replicaSet, pod)).toEqual(['Deployment']);
    expect(kindsOf(replicaSet, pod)).toEqual(['ReplicaSet']);
    expect(kindsOf(pod)).toEqual(['Pod']);
  });
});
