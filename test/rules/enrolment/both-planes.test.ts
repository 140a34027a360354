import { bothPlanes } from '../../../lib/rules/enrolment/both-planes';
import { findings, namespace, raw } from '../model-builder';

const labelled = (labels: string) => raw(`{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { ${labels} } } }`);

const pods = (labels: string) =>
  raw(`
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, ${labels} } }, spec: { containers: [{ name: cart }] } } }`);

describe(bothPlanes.title, () => {
  it.each(['istio-injection: enabled', 'istio.io/rev: stable', 'istio.io/dataplane-mode: ambient'])(
    'takes a namespace with %s alone',
    (labels) => {
      expect(findings(bothPlanes, { objects: labelled(labels) })).toEqual([]);
    },
  );

  it.each([
    'istio-injection: enabled, istio.io/dataplane-mode: ambient',
    'istio.io/rev: stable, istio.io/dataplane-mode: ambient',
    'istio-injection: enabled, istio.io/rev: stable',
  ])('fails a namespace with %s', (labels) => {
    expect(findings(bothPlanes, { objects: labelled(labels) })).toMatchObject([{ on: { path: 'raw/namespace/shop' }, got: labels }]);
  });

  it('takes a revision where injection is switched off', () => {
    expect(findings(bothPlanes, { objects: labelled('istio-injection: disabled, istio.io/rev: stable') })).toEqual([]);
  });

  const ambient = { namespaces: [namespace('shop', 'ambient')] };

  it.each(['sidecar.istio.io/inject: "true"', 'sidecar.istio.io/inject: "true", istio.io/rev: canary'])(
    'takes pods in an ambient namespace that get a sidecar of their own, which ztunnel leaves alone: %s',
    (labels) => {
      expect(findings(bothPlanes, { objects: pods(labels), ...ambient })).toEqual([]);
    },
  );

  it('fails pods in an ambient namespace that ask for a sidecar by an annotation, which nobody reads', () => {
    const [object] = pods('a: b');
    const template = { metadata: { labels: { app: 'cart' }, annotations: { 'sidecar.istio.io/inject': 'true' } }, spec: {} };
    const found = findings(bothPlanes, { objects: [{ ...object, manifest: { ...object.manifest, spec: { template } } }], ...ambient });
    expect(found).toMatchObject([{ got: 'annotation sidecar.istio.io/inject: true', fix: expect.stringContaining('as a label') }]);
  });

  it('fails pods that ask for a sidecar where their ambient namespace refuses injection', () => {
    const objects = [
      ...labelled('istio-injection: disabled, istio.io/dataplane-mode: ambient'),
      ...pods('sidecar.istio.io/inject: "true"'),
    ];
    expect(findings(bothPlanes, { objects })).toMatchObject([
      { on: { path: 'raw/deployment/cart' }, got: 'label sidecar.istio.io/inject: true', fix: expect.stringContaining('istio-injection') },
    ]);
  });

  it('fails pods that ask for both, in any namespace', () => {
    const objects = pods('sidecar.istio.io/inject: "true", istio.io/dataplane-mode: ambient');
    expect(findings(bothPlanes, { objects, ...ambient })).toMatchObject([{ message: expect.stringContaining('they get sidecar mode') }]);
    expect(findings(bothPlanes, { objects })).toHaveLength(1);
  });

  it('fails ambient pods in a sidecar namespace', () => {
    const found = findings(bothPlanes, { objects: pods('istio.io/dataplane-mode: ambient'), namespaces: [namespace('shop', 'sidecar')] });
    expect(found).toMatchObject([{ got: 'istio.io/dataplane-mode: ambient' }]);
  });

  it('takes a proxy of its own that says it leaves ambient', () => {
    const objects = pods('sidecar.istio.io/inject: "true", istio.io/dataplane-mode: none');
    expect(findings(bothPlanes, { objects, namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });
});
