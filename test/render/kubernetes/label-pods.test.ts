import { labelPods } from '../../../lib/render/kubernetes/label-pods';

const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };
const SIDECAR = { 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'stable' };

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

  it.each<[object, Readonly<Record<string, unknown>>]>([
    [{ labels: { 'sidecar.istio.io/inject': 'false' } }, SIDECAR],
    [{ annotations: { 'sidecar.istio.io/inject': 'false' } }, SIDECAR],
    [{ labels: { 'istio.io/rev': 'other' } }, SIDECAR],
    [{ labels: { 'istio.io/dataplane-mode': 'none' } }, AMBIENT],
  ])('are not said where the pods have a word of their own on one of them: %j', (metadata, labels) => {
    expect(labelPods(workload(metadata), labels)).toEqual(workload(metadata));
  });

  it('are said beside a word on the other plane, which keeps no pod in this one', () => {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    expect(labelPods(workload({ labels }), AMBIENT)).toEqual(workload({ labels: { ...labels, ...AMBIENT } }));
  });
});
