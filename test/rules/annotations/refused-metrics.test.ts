import { refusedMetrics } from '../../../lib/rules/annotations/refused-metrics';
import { findings, raw } from '../model-builder';

const found = (annotations: string, labels = 'istio-injection: enabled') =>
  findings(refusedMetrics, {
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

const ENVOY = 'prometheus.io/port: "15090"';

describe(refusedMetrics.title, () => {
  it.each([
    ['prometheus.io/port: "9100"', undefined],
    ['prometheus.io/port: "15020"', undefined],
    ['prometheus.io/path: /stats', undefined],
    [`${ENVOY}, prometheus.io/scrape: "false"`, undefined],
    [`${ENVOY}, prometheus.istio.io/merge-metrics: "false"`, undefined],
    [`${ENVOY}, prometheus.istio.io/scrape-targets: "9100:/metrics"`, undefined],
    [ENVOY, 'istio.io/dataplane-mode: ambient'],
    [ENVOY, ''],
  ])('takes pods with %s in a namespace with %s', (annotations, labels) => {
    expect(found(annotations, labels)).toEqual([]);
  });

  it.each(['15090', '15000', '0', '99999', 'http'])('tells of port %s', (port) => {
    expect(found(`prometheus.io/port: "${port}"`)).toMatchObject([
      { on: { kind: 'Deployment', name: 'cart' }, got: `prometheus.io/port: ${port}` },
    ]);
  });
});
