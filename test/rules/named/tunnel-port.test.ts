import { tunnelPort } from '../../../lib/rules/named/tunnel-port';
import { namespace } from '../in-few-words';
import { findings, raw } from '../model-builder';

const MESH = `${namespace('shop', 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint')}
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-admin, port: 90, targetPort: 9090 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: a, image: a }] } } }
---`;

const find = (spec: string, mesh = MESH) =>
  findings(tunnelPort, {
    objects: raw(`${mesh}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { ${spec} }`),
  });

const AT_PODS = 'selector: { matchLabels: { app: cart } }';
const by = (words: string) => `rules: [{ to: [{ operation: { ${words} } }] }]`;

describe(tunnelPort.title, () => {
  it.each([
    [`${AT_PODS}, ${by('ports: ["15008"]')}`, 'write "8080" or "9090"'],
    [`${AT_PODS}, action: DENY, ${by('ports: ["15008"]')}`, 'write "8080" or "9090"'],
    [`${AT_PODS}, action: DENY, ${by('notPorts: ["15008"]')}`, 'write "8080" or "9090"'],
    [`${AT_PODS}, rules: [{ when: [{ key: destination.port, values: ["15008"] }] }]`, 'write "8080" or "9090"'],
    [`targetRefs: [{ group: "", kind: Service, name: cart }], ${by('ports: ["15008"]')}`, 'write "80" or "90"'],
    [`targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], ${by('ports: ["15008"]')}`, 'write "80" or "90"'],
  ])('fails %s', (spec, fix) => {
    expect(find(spec)).toMatchObject([{ got: '15008', fix }]);
  });

  it('says which kind of port is meant where nothing else is here', () => {
    expect(find(by('ports: ["15008"]'), '')).toMatchObject([{ fix: 'write the port of the pods' }]);
  });

  it.each(['ports: ["8080"]', 'ports: ["8080", "15008"]', 'notPorts: ["15008"]', 'notPorts: ["8080", "15008"]'])('takes %s', (words) => {
    expect(find(`${AT_PODS}, ${by(words)}`)).toEqual([]);
  });
});
