import { tryGatewayPod } from '../../../lib/verdict/requests/callers';
import { foundAt, type Knock } from '../../../lib/verdict/entrances/inner-entrance';
import { cluster, deployment, namespace } from '../fixtures';

const PODS =
  namespace('edge', '') +
  deployment('ingress', 'ingress', 'v1', 'edge').replace(
    'metadata: {labels: {app: ingress, version: v1}}',
    'metadata: {labels: {app: ingress, sidecar.istio.io/inject: "true"}, annotations: {inject.istio.io/templates: gateway}}',
  );
const service = (name: string, ports: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: edge}
spec: {selector: {app: ingress}, ports: [${ports}]}
---`;
const servers = (...said: string[]) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {selector: {app: ingress}, servers: [${said.join(', ')}]}
---`;
const plain = (number: number, more = '') => `{port: {number: ${number}, name: http, protocol: HTTP}, hosts: ["*"]${more}}`;
const tls = (mode: string) => `{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: ${mode}, credentialName: c}}`;

function found(port: number, said: Partial<Knock>, ...pieces: string[]) {
  const mesh = cluster(PODS, ...pieces);
  return foundAt(mesh, tryGatewayPod(mesh, 'edge/gateway')!, { host: 'a.com', port, isTls: false, isMutual: false, ...said });
}

describe('a port of the pods of a gateway', () => {
  it('has the server of the port from which a Service leads there', () => {
    const moved = [service('a', '{name: http, port: 80, targetPort: 8080}'), servers(plain(80))];
    expect(found(8080, {}, ...moved).entrance?.scheme).toBe('http');
    expect(found(80, {}, ...moved).why).toBe('nothing listens on port 80 of');
    const unmoved = moved[0].replace(
      'namespace: edge}',
      'namespace: edge, labels: {experimental.istio.io/disable-gateway-port-translation: "true"}}',
    );
    expect(found(80, {}, unmoved, moved[1]).entrance?.scheme).toBe('http');
  });

  it('is not known where two Services lead to different ones, or a server has an address of its own', () => {
    const two = [service('a', '{name: http, port: 80, targetPort: 8080}'), service('b', '{name: http, port: 80, targetPort: 8081}')];
    expect(found(8080, {}, ...two, servers(plain(80))).unknown).toContain('lead from one port to several');
    expect(found(80, {}, servers(plain(80, ', bind: 127.0.0.1'))).unknown).toContain('binds to 127.0.0.1 alone');
  });

  it('reads what its servers read', () => {
    expect(found(443, {}, servers(tls('SIMPLE'))).why).toBe('TLS alone is read on port 443 of');
    expect(found(443, { isTls: true }, servers(tls('SIMPLE'))).entrance).toMatchObject({ scheme: 'https', readsRequests: true });
    expect(found(80, { isTls: true }, servers(plain(80))).why).toBe('HTTP alone is read on port 80 of');
  });

  it('takes mutual TLS of the mesh where a server is for that', () => {
    const mutual = { isMutual: true, sni: 'b.com' };
    expect(found(443, mutual, servers(tls('ISTIO_MUTUAL'))).entrance?.isForMesh).toBe(true);
    expect(found(443, { ...mutual, isTls: true }, servers(tls('ISTIO_MUTUAL'))).why).toBe('HTTP alone is read on port 443 of');
    expect(found(443, mutual, servers(tls('SIMPLE'))).why).toBe('a certificate that the mesh does not trust is shown on port 443 of');
    expect(found(443, mutual, servers(tls('PASSTHROUGH'))).unknown).toContain('another TLS than that of the mesh');
    expect(found(80, mutual, servers(plain(80))).why).toBe('HTTP alone is read on port 80 of');
  });
});
