import { unmergedMetrics } from '../../../lib/rules/annotations/unmerged-metrics';
import { findings, raw } from '../model-builder';

const found = (labels: string, annotations: string) =>
  findings(unmergedMetrics, {
    objects: raw(`
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {${labels}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec: {template: {metadata: {labels: {app: cart}, annotations: {${annotations}}}, spec: {containers: [{name: main}]}}}`),
  });

const AMBIENT = 'istio.io/dataplane-mode: ambient';
const MERGED = 'prometheus.istio.io/merge-metrics: "true"';

describe(unmergedMetrics.title, () => {
  it.each([
    ['istio-injection: enabled', MERGED],
    ['', MERGED],
    [AMBIENT, 'prometheus.io/scrape: "true"'],
    [AMBIENT, 'prometheus.istio.io/merge-metrics: "false"'],
  ])('takes pods with %s and %s', (labels, annotations) => {
    expect(found(labels, annotations)).toEqual([]);
  });

  it('tells of pods in ambient mode, whose metrics nobody merges', () => {
    expect(found(AMBIENT, MERGED)).toMatchObject([{ on: { kind: 'Deployment', name: 'cart' }, got: MERGED }]);
    expect(found(AMBIENT, `${MERGED}, prometheus.io/port: "9100"`)).toMatchObject([{ got: 'metrics on port 9100' }]);
  });
});
