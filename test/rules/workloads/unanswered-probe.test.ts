import { unansweredProbe } from '../../../lib/rules/workloads/unanswered-probe';
import { findings, raw } from '../model-builder';
import { namespace } from '../in-few-words';

const KEPT = 'sidecar.istio.io/rewriteAppHTTPProbers: "false"';
const HTTP = 'livenessProbe: { httpGet: { path: /, port: web } }';

const pods = (annotations = KEPT, probe = HTTP) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart }, annotations: { ${annotations} } }
    spec: { containers: [{ name: cart, image: cart, ports: [{ name: web, containerPort: 8080 }], ${probe} }] }
---`;

const strict = (spec = 'mtls: { mode: STRICT }') => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: strict, namespace: shop }
spec: { ${spec} }
`;

const SIDECARS = namespace('shop', 'istio-injection: enabled');
const find = (text: string) => findings(unansweredProbe, { objects: raw(text) });

describe(unansweredProbe.title, () => {
  it.each([
    ['HTTP', HTTP],
    ['HTTP of no other host', 'livenessProbe: { httpGet: { host: "", port: 8080 } }'],
    ['gRPC', 'readinessProbe: { grpc: { port: 8080 } }'],
  ])('tells of a probe by %s that nobody rewrites', (_, probe) => {
    expect(find(SIDECARS + pods(KEPT, probe) + strict())).toMatchObject([
      { on: { name: 'cart' }, got: expect.stringContaining('probed: 8080') },
    ]);
  });

  it.each([
    ['probes that are rewritten', SIDECARS + pods('') + strict()],
    ['a connection alone', SIDECARS + pods(KEPT, 'livenessProbe: { tcpSocket: { port: 8080 } }') + strict()],
    ['pods without a probe', SIDECARS + pods(KEPT, '') + strict()],
    ['plaintext', SIDECARS + pods() + strict('mtls: { mode: PERMISSIVE }')],
    [
      'plaintext on the port that is probed',
      SIDECARS +
        pods() +
        strict('selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } }'),
    ],
    ['a port that goes past the sidecar', SIDECARS + pods(`${KEPT}, traffic.sidecar.istio.io/excludeInboundPorts: "8080"`) + strict()],
    ['the health of the proxy', SIDECARS + pods(KEPT, 'readinessProbe: { httpGet: { port: 15021 } }') + strict()],
    ['the metrics of the proxy', SIDECARS + pods(KEPT, 'readinessProbe: { httpGet: { port: 15090 } }') + strict()],
    ['another host', SIDECARS + pods(KEPT, 'livenessProbe: { httpGet: { host: example.com, port: 8080 } }') + strict()],
    ['pods in ambient mode', namespace('shop', 'istio.io/dataplane-mode: ambient') + pods() + strict()],
  ])('takes %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });
});
