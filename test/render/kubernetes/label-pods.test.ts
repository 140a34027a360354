import { labelPods } from '../../../lib/render/kubernetes/label-pods';

const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };

const workload = (metadata?: object): Record<string, unknown> => ({
  kind: 'Deployment',
  spec: { replicas: 2, template: { metadata, spec: {} } },
});

describe('the labels of a plane', () => {
  it('join those of the pods, and change nothing else', () => {
    const labels = { app: 'cart' };
    expect(labelPods(workload({ labels, annotations: { team: 'buy' } }), AMBIENT)).toEqual(
      workload({ labels: { ...labels, ...AMBIENT }, annotations: { team: 'buy' } }),
    );
    expect(labelPods(workload(), AMBIENT)).toEqual(workload({ labels: AMBIENT }));
  });

  it.each([
    { labels: { 'sidecar.istio.io/inject': 'false' } },
    { labels: { 'istio.io/rev': 'stable' } },
    { labels: { 'istio.io/dataplane-mode': 'none' } },
    { annotations: { 'sidecar.istio.io/inject': 'false' } },
  ])('are not said where the pods have a word of their own: %j', (metadata) => {
    expect(labelPods(workload(metadata), AMBIENT)).toEqual(workload(metadata));
  });
});
