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

  it('fails pods that ask for a sidecar in an ambient namespace', () => {
    const found = findings(bothPlanes, { objects: pods('sidecar.istio.io/inject: "true"'), namespaces: [namespace('shop', 'ambient')] });
    expect(found).toMatchObject([{ on: { path: 'raw/deployment/cart' }, got: 'sidecar.istio.io/inject: true' }]);
  });

  it('fails ambient pods in a sidecar namespace', () => {
    const found = findings(bothPlanes, { objects: pods('istio.io/dataplane-mode: ambient'), namespaces: [namespace('shop', 'sidecar')] });
    expect(found).toHaveLength(1);
  });

  it('takes a proxy of its own that says it leaves ambient', () => {
    const objects = pods('sidecar.istio.io/inject: "true", istio.io/dataplane-mode: none');
    expect(findings(bothPlanes, { objects, namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });
});
