import { wrongAnnotation } from '../../../lib/rules/annotations/wrong-annotation';
import { findings, raw } from '../model-builder';

const find = (name: string, value: string) =>
  findings(wrongAnnotation, {
    objects: raw(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { annotations: { ${name}: "${value}" } } } }
`),
  });

describe(wrongAnnotation.title, () => {
  it.each([
    ['sidecar.istio.io/interceptionMode', 'TPROXY'],
    ['status.sidecar.istio.io/port', ' 15020'],
    ['traffic.sidecar.istio.io/includeInboundPorts', '*'],
    ['traffic.sidecar.istio.io/excludeInboundPorts', ''],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges', '10.0.0.0/8,fd00::/8'],
    ['prometheus.istio.io/merge-metrics', 'False'],
    ['prometheus.istio.io/scrape-targets', '8080, 9100:/jvm,'],
    ['sidecar.istio.io/proxyMemory', '1.5Gi'],
    ['readiness.status.sidecar.istio.io/periodSeconds', '10'],
  ])('takes %s: %s', (name, value) => {
    expect(find(name, value)).toEqual([]);
  });

  it.each([
    ['sidecar.istio.io/interceptionMode', 'redirect', 'write REDIRECT, TPROXY or NONE'],
    ['status.sidecar.istio.io/port', '150200', 'write a port'],
    ['traffic.sidecar.istio.io/excludeInboundPorts', '*', 'write ports divided by commas'],
    ['traffic.sidecar.istio.io/excludeOutboundPorts', '25, smtp', 'write ports divided by commas'],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges', '10.0.0.0', 'write blocks such as 10.0.0.0/8, divided by commas'],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges', '10.0.0.0/33', 'write blocks such as 10.0.0.0/8, divided by commas, or *'],
    ['prometheus.istio.io/merge-metrics', 'yes', 'write "true" or "false"'],
    ...['9100,15090:/stats', ':/jvm', 'http:/jvm'].map((value): [string, string, string] => [
      'prometheus.istio.io/scrape-targets',
      value,
      'write port:path of the application, divided by commas, none of the ports of the proxy',
    ]),
    ['sidecar.istio.io/proxyCPU', '100mm', 'write an amount of Kubernetes, such as 100m or 128Mi'],
    ['readiness.status.sidecar.istio.io/periodSeconds', '10s', 'write a whole number'],
  ])('fails %s: %s', (name, value, fix) => {
    expect(find(name, value)).toMatchObject([{ got: value, fix, field: ['spec', 'template', 'metadata', 'annotations', name] }]);
  });
});
