import { oldAnnotation } from '../../../lib/rules/annotations/old-annotation';
import { findings, raw } from '../model-builder';

const find = (metadata: string) =>
  findings(oldAnnotation, {
    objects: raw(`
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, ${metadata} }
`),
  });

describe(oldAnnotation.title, () => {
  it.each([
    'annotations: { sidecar.istio.io/nativeSidecar: "true" }',
    'labels: { sidecar.istio.io/inject: "false" }, annotations: { sidecar.istio.io/inject: "false" }',
  ])('takes %s', (metadata) => {
    expect(find(metadata)).toEqual([]);
  });

  it('tells of one, and what to write', () => {
    expect(find('annotations: { sidecar.istio.io/inject: "false" }')).toMatchObject([
      { got: 'sidecar.istio.io/inject: false', fix: 'write the label sidecar.istio.io/inject' },
    ]);
  });
});
