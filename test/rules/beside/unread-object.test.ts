import { unreadObject } from '../../../lib/rules/beside/unread-object';
import { SELECTING_KINDS } from '../../../lib/cluster/policies/selecting-objects';
import type { DataPlaneMode, NamespaceState } from '../../../lib/model/namespace-facts';
import { findings, namespace, raw } from '../model-builder';

const container = 'containers: [{ name: app, image: a }]';
const template = (app: string) => `template: { metadata: { labels: { app: ${app} } }, spec: { ${container} } }`;
const object = (apiVersion: string, kind: string, spec: string, name = 'raw', place = 'shop') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}, namespace: ${place} }, spec: { ${spec} } }`;
const CART = object('apps/v1', 'Deployment', template('cart'), 'cart');
const NAMESPACE = '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } } }';

interface Parts extends Partial<NamespaceState> {
  readonly beside?: readonly string[];
  readonly plane?: DataPlaneMode;
}

function find(selecting: string, { beside = [CART], plane = 'sidecar', ...parts }: Parts = {}) {
  return findings(unreadObject, { objects: raw([selecting, ...beside].join('\n---\n')), namespaces: [namespace('shop', plane, parts)] });
}

/** An object of a kind that picks pods by labels, whatever the kind calls that. */
function picking(groupKind: string, labels: string): string {
  const [group, kind] = groupKind.split('/');
  const isOld = ['EnvoyFilter', 'Sidecar', 'ServiceEntry'].includes(kind);
  const field = isOld || kind === 'DestinationRule' ? 'workloadSelector' : 'selector';
  return object(`${group}/v1`, kind, `${field}: { ${isOld ? 'labels' : 'matchLabels'}: { ${labels} } }`);
}

const PEER = 'security.istio.io/PeerAuthentication';

describe(unreadObject.title, () => {
  it.each(SELECTING_KINDS)('warns of %s that picks no pod', (groupKind) => {
    expect(find(picking(groupKind, 'app: kart'))).toMatchObject([
      { message: expect.stringContaining('picks no pod of namespace shop'), got: 'app=kart', fix: expect.stringContaining('app=cart') },
    ]);
    expect(find(picking(groupKind, 'app: cart'))).toEqual([]);
  });

  it.each([
    object('apps/v1', 'StatefulSet', template('db')),
    object('apps/v1', 'DaemonSet', template('db')),
    object('apps/v1', 'ReplicaSet', template('db')),
    object('batch/v1', 'Job', template('db')),
    object('batch/v1', 'CronJob', `jobTemplate: { spec: { ${template('db')} } }`),
    object('argoproj.io/v1alpha1', 'Rollout', template('db')),
    object('networking.istio.io/v1', 'WorkloadEntry', 'labels: { app: db }'),
    object('networking.istio.io/v1', 'WorkloadGroup', 'metadata: { labels: { app: db } }'),
    `{ apiVersion: v1, kind: Pod, metadata: { name: db, namespace: shop, labels: { app: db } }, spec: { ${container} } }`,
    object('gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio, infrastructure: { labels: { app: db } }'),
  ])('counts the pods of %s', (pods) => {
    expect(find(picking(PEER, 'app: db'), { beside: [CART, pods] })).toEqual([]);
    expect(find(picking(PEER, 'app: db'))).toHaveLength(1);
  });

  it('is silent where pods may come from elsewhere', () => {
    const kart = picking(PEER, 'app: kart');
    expect(find(kart, { owned: false })).toEqual([]);
    expect(find(kart, { beside: [] })).toEqual([]);
    expect(find(kart, { beside: [CART, object('kafka.strimzi.io/v1beta2', 'Kafka', 'kafka: { replicas: 3 }')] })).toEqual([]);
    expect(find(kart, { beside: [CART, object('kafka.strimzi.io/v1beta2', 'Kafka', '', 'events', 'bank')] })).toHaveLength(1);
  });

  it('takes labels that Kubernetes and Istio add by themselves', () => {
    const added = 'app: cart, pod-template-hash: abc, service.istio.io/canonical-name: cart';
    expect(find(picking(PEER, added))).toEqual([]);
    expect(find(picking(PEER, added.replace('app: cart', 'app: kart')))).toHaveLength(1);
    expect(find(picking(PEER, 'apps.kubernetes.io/pod-index: "0"'))).toEqual([]);
  });

  it('warns of a Sidecar and of a Telemetry for pods in ambient mode', () => {
    const parts: Parts = { plane: 'ambient', beside: [CART, NAMESPACE] };
    for (const groupKind of ['networking.istio.io/Sidecar', 'telemetry.istio.io/Telemetry']) {
      const [group, kind] = groupKind.split('/');
      const effect = { message: expect.stringContaining(`ztunnel reads no ${kind}`) };
      expect(find(picking(groupKind, 'app: cart'), parts)).toMatchObject([effect]);
      expect(find(object(`${group}/v1`, kind, ''), parts)).toMatchObject([effect]);
      expect(find(picking(groupKind, 'app: cart'))).toEqual([]);
    }
  });

  it('warns of a Sidecar for a namespace whose workloads have their own, until one has none', () => {
    const [whole, own] = [object('networking.istio.io/v1', 'Sidecar', '', 'all'), picking('networking.istio.io/Sidecar', 'app: cart')];
    expect(find(whole, { beside: [CART, own] })).toMatchObject([{ on: { path: 'raw/sidecar/all' }, got: 'Sidecar shop/raw' }]);
    expect(find(whole, { beside: [CART, own, object('apps/v1', 'Deployment', template('web'), 'web')] })).toEqual([]);
    expect(find(whole, { beside: [CART, own], owned: false })).toEqual([]);
    expect(find(whole)).toEqual([]);
  });

  it('takes a Telemetry for a namespace whose services have a waypoint, here or elsewhere', () => {
    const labelled = `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop, labels: { istio.io/use-waypoint: theirs } } }`;
    const whole = object('telemetry.istio.io/v1', 'Telemetry', '');
    expect(find(whole, { plane: 'ambient', beside: [CART, NAMESPACE, labelled] })).toEqual([]);
    expect(find(object('networking.istio.io/v1', 'Sidecar', ''), { plane: 'ambient', beside: [CART, NAMESPACE, labelled] })).toHaveLength(
      1,
    );
  });
});
