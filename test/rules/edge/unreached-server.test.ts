import { unreachedServer } from '../../../lib/rules/edge/unreached-server';
import { findings, raw } from '../model-builder';

const door = (selector: string, more = '', namespaceName = 'edge') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: ${namespaceName} }
spec: { selector: { ${selector} }, servers: [{ port: { number: 8443, name: https, protocol: HTTPS }, hosts: ["*"], tls: { credentialName: a${more} } }] }
`;

const PODS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec: { selector: { matchLabels: { istio: ingress } }, template: { metadata: { labels: { istio: ingress } } } }
`;

const INJECTED = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: public, namespace: edge }
spec:
  template: { metadata: { labels: { istio: public }, annotations: { inject.istio.io/templates: gateway } }, spec: { containers: [{ name: istio-proxy, image: auto }] } }
`;

const service = (port: string) => `
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: edge }
spec: { selector: { istio: ingress }, ports: [{ ${port} }] }
`;

const MANAGED = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;

const find = (...manifests: string[]) => findings(unreachedServer, { objects: manifests.flatMap(raw) });
const INGRESS = 'istio: ingress';
const BY_NAME = 'gateway.networking.k8s.io/gateway-name: gateway';

describe(unreachedServer.title, () => {
  it.each([
    ['a port of the pods that a Service leads to', [door(INGRESS), PODS, service('port: 443, targetPort: 8443')]],
    ['a port of the Service', [door(INGRESS), PODS, service('port: 8443, targetPort: 443')]],
    ['pods of somebody else', [door(INGRESS)]],
    ['pods of somebody else, beside others', [door('istio: internal'), PODS]],
    ['pods that an installer of Istio makes, beside others', [door('istio: ingressgateway'), INJECTED]],
    ['a gateway that is here', [door('istio: public'), INJECTED]],
    ['pods without any Service here', [door(INGRESS), PODS]],
    ['pods that istiod makes in its own namespace', [door(BY_NAME), MANAGED]],
    ['a version of TLS that clients speak', [door(INGRESS, ', minProtocolVersion: TLSV1_2')]],
    ['an old version with its ciphers', [door(INGRESS, ', minProtocolVersion: TLSV1_1, cipherSuites: [AES128-SHA]')]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['a port to which no Service leads', [door(INGRESS), PODS, service('port: 443, targetPort: 443')], 'opens port 8443'],
    ['pods that istiod makes in another namespace', [door(BY_NAME, '', 'shop'), MANAGED], 'follow no such Gateway of another namespace'],
    ['a label that is misspelled', [door('istio: ingres'), PODS], 'picks pods with istio=ingres'],
    ['no gateway, though one is here', [door('istio: internal'), INJECTED], 'picks no pod, though Deployment edge/public is a gateway'],
    ['an old version of TLS without its ciphers', [door(INGRESS, ', minProtocolVersion: TLSV1_0')], 'takes TLSV1_0 on port 8443'],
  ])('tells of %s', (_, manifests, what) => {
    expect(find(...manifests)).toMatchObject([{ on: { path: 'raw/gateway/door' }, message: expect.stringContaining(what) }]);
  });
});
