import { unreadLabel } from '../../../lib/rules/annotations/unread-label';
import { findings, made, raw } from '../model-builder';

const namespace = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }
`;

const deployment = (own: string, ofPods: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop, labels: { ${own} } }
spec: { template: { metadata: { labels: { ${ofPods} } }, spec: { containers: [{ name: app, image: cart }] } } }
`;

const find = (yaml: string) => findings(unreadLabel, { objects: raw(yaml) });

describe(unreadLabel.title, () => {
  it.each([
    'istio-injection: enabled',
    'istio.io/dataplane-mode: none',
    'istio.io/rev: any',
    'istio.io/env: a',
    'team: istio',
    'istio-injection: "${INJECTION}"',
  ])('takes %s of a Namespace', (labels) => {
    expect(find(namespace(labels))).toEqual([]);
  });

  it.each([
    ['istio-injection: enabeld', 'did you mean enabled?'],
    ['istio-injection: "true"', 'write enabled or disabled'],
    ['istio.io/dataplane-mode: ambeint', 'did you mean ambient?'],
    ['istio-injecton: enabled', 'did you mean istio-injection?'],
    ['istio.io/dataplane-moed: ambient', 'did you mean istio.io/dataplane-mode?'],
    ['isito.io/use-waypoint: waypoint', 'did you mean istio.io/use-waypoint?'],
  ])('tells of %s of a Namespace', (labels, fix) => {
    expect(find(namespace(labels))).toMatchObject([
      { got: labels.replaceAll('"', ''), fix, field: ['metadata', 'labels', labels.split(':')[0]] },
    ]);
  });

  it('takes a label that pods have, be it on their Deployment too', () => {
    expect(find(deployment('sidecar.istio.io/inject: "false"', 'sidecar.istio.io/inject: "false"'))).toEqual([]);
  });

  it.each([
    ['', 'istio-injection: enabled', ['spec', 'template']],
    ['', 'sidecar.istio.io/inject: "flase"', ['spec', 'template']],
    ['sidecar.istio.io/inject: "false"', 'app: cart', []],
  ])('tells of a Deployment with %s and pods with %s', (own, ofPods, place) => {
    expect(find(deployment(own, ofPods))).toMatchObject([{ field: [...place, 'metadata', 'labels', expect.any(String)] }]);
  });

  it('leaves what constructs write alone', () => {
    expect(findings(unreadLabel, { objects: made(namespace('istio-injection: on')) })).toEqual([]);
  });
});
