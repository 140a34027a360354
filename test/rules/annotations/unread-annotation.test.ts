import { unreadAnnotation } from '../../../lib/rules/annotations/unread-annotation';
import { findings, raw } from '../model-builder';

const on = (kind: string, annotation: string) =>
  findings(unreadAnnotation, {
    objects: raw(`
apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}
kind: ${kind}
metadata: { name: cart, namespace: shop, annotations: { ${annotation} } }
`),
  });

const inTemplate = (annotation: string) =>
  findings(unreadAnnotation, {
    objects: raw(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { annotations: { ${annotation} } } } }
`),
  });

describe(unreadAnnotation.title, () => {
  it.each([
    ['Pod', 'sidecar.istio.io/inject: "false"'],
    ['Service', 'networking.istio.io/exportTo: "."'],
    ['Service', 'example.com/exportTo: "."'],
    ['Ingress', 'kubernetes.io/ingress.class: istio'],
    ['Deployment', 'install.operator.istio.io/owning-resource: installed'],
  ])('takes what is read on a %s: %s', (kind, annotation) => {
    expect(on(kind, annotation)).toEqual([]);
  });

  it('takes those of pods in a template, and no others', () => {
    expect(inTemplate('traffic.sidecar.istio.io/excludeOutboundPorts: "25"')).toEqual([]);
    expect(inTemplate('networking.istio.io/exportTo: "."')).toMatchObject([
      { field: ['spec', 'template', 'metadata', 'annotations', 'networking.istio.io/exportTo'], fix: 'write it on the Service' },
    ]);
  });

  it('tells of one that Istio does not know, and which is meant', () => {
    expect(on('Pod', 'sidecar.istio.io/injekt: "true"')).toMatchObject([
      { got: 'sidecar.istio.io/injekt', fix: 'did you mean sidecar.istio.io/inject?' },
    ]);
    expect(on('Pod', 'networking.istio.io/somethingQuiteElse: "true"')).toMatchObject([{ fix: 'remove it' }]);
  });

  it('tells of the class of an Ingress on anything else', () => {
    expect(on('Pod', 'kubernetes.io/ingress.class: istio')).toMatchObject([{ fix: 'write it on the Ingress' }]);
  });

  it('tells of one that Istio reads elsewhere', () => {
    expect(on('Deployment', 'sidecar.istio.io/proxyCPU: 100m')).toMatchObject([
      {
        message: 'Deployment shop/cart has the annotation sidecar.istio.io/proxyCPU, which Istio reads on a Pod only',
        field: ['metadata', 'annotations', 'sidecar.istio.io/proxyCPU'],
        fix: 'write it in spec.template.metadata.annotations of what makes the pods',
      },
    ]);
  });
});
