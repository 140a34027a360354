import type { LastSynth, MeshModel } from '../../../lib/model/mesh-model';
import { switchedPlane } from '../../../lib/rules/enrolment/switched-plane';
import { findings, made, namespace, raw } from '../model-builder';

const OURS = made(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop }
spec: { template: { metadata: { labels: { istio.io/dataplane-mode: ambient } } } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: cards, namespace: shop }
`);
const NOW = [
  ...OURS,
  ...raw(`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: queue, namespace: shop }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: close-day, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: other, namespace: payments }
`),
];

const key = (apiVersion: string, kind: string, name: string, namespaceName?: string) => ({ apiVersion, kind, name, namespaceName });
const SIDECAR: LastSynth = {
  namespaces: [{ path: 'shop/shop', name: 'shop', mode: 'sidecar' }],
  objects: [
    key('apps/v1', 'Deployment', 'cart-v1', 'shop'),
    key('networking.istio.io/v1beta1', 'ServiceEntry', 'cards', 'shop'),
    key('networking.istio.io/v1', 'VirtualService', 'cart', 'shop'),
    key('networking.istio.io/v1', 'VirtualService', 'product', 'shop'),
    key('v1', 'Service', 'cart-old', 'shop'),
    key('v1', 'Service', 'elsewhere', 'payments'),
    key('v1', 'Namespace', 'shop'),
  ],
};

const found = (parts: Partial<MeshModel>) =>
  findings(switchedPlane, { namespaces: [namespace('shop', 'ambient')], objects: NOW, lastSynths: [SIDECAR], ...parts });

describe(switchedPlane.title, () => {
  it('warns with the commands that delete what is left behind there and restart what keeps its pods there', () => {
    expect(found({})).toMatchObject([
      {
        on: { path: 'shop/shop' },
        message: expect.stringMatching(/^namespace shop was in sidecar mode at the last synth; /),
        got: 'ambient mode, and left behind in the cluster: VirtualService cart, product; Service cart-old',
        fix:
          'apply the manifests; ' +
          'then kubectl delete --namespace shop virtualservice.networking.istio.io/cart virtualservice.networking.istio.io/product service/cart-old; ' +
          'then kubectl rollout restart --namespace shop statefulset/queue',
      },
    ]);
  });

  it('says no command for workloads that restart by themselves, since their pods say how they join the mesh', () => {
    const [finding] = found({ objects: OURS });
    expect(finding.fix).not.toContain('rollout');
  });

  it('warns where nothing is left behind and nothing runs', () => {
    const lastSynths = [{ ...SIDECAR, objects: [] }];
    expect(found({ lastSynths, objects: [] })).toMatchObject([{ got: 'ambient mode', fix: 'apply the manifests' }]);
  });

  it.each<[string, Partial<MeshModel>]>([
    ['nothing was written before', { lastSynths: undefined }],
    ['the plane is the same', { namespaces: [namespace('shop', 'sidecar')] }],
    ['nobody knows the plane', { namespaces: [namespace('shop', 'unknown')] }],
    ['nobody knew the plane', { lastSynths: [{ ...SIDECAR, namespaces: [{ path: 'shop/shop', name: 'shop', mode: 'unknown' }] }] }],
    ['the namespace is new', { namespaces: [namespace('payments', 'ambient')] }],
    ['it belongs to another chart', { namespaces: [namespace('shop', 'ambient', { path: 'other/shop' })] }],
  ])('is silent where %s', (_, parts) => {
    expect(found(parts)).toEqual([]);
  });
});
