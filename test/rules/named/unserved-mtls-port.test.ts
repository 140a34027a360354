import { disabledMtls } from '../../../lib/rules/mtls/disabled-mtls';
import { permissiveMtls } from '../../../lib/rules/mtls/permissive-mtls';
import { unservedMtlsPort } from '../../../lib/rules/named/unserved-mtls-port';
import { findings, raw } from '../model-builder';

const SERVICE = `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: web }] } }`;
const pod = (ports: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: cart, namespace: shop, labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart, ports: [${ports}] }] } }`;
const peer = (ports: string, app = 'cart') =>
  `{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: cart, namespace: shop }, spec: { selector: { matchLabels: { app: ${app} } }, mtls: { mode: STRICT }, portLevelMtls: { ${ports} } } }`;

const PORTS = '{ name: web, containerPort: 8080 }, { containerPort: 9090 }';
const objects = (...texts: string[]) => ({ objects: texts.flatMap(raw) });

describe(unservedMtlsPort.title, () => {
  it('tells of the port of a Service, and names the one of its pods', () => {
    const mesh = objects(SERVICE, pod(PORTS), peer('80: { mode: DISABLE }'));
    expect(findings(unservedMtlsPort, mesh)).toMatchObject([{ fix: 'write 8080', field: ['spec', 'portLevelMtls', '80'] }]);
    expect(findings(unservedMtlsPort, mesh)[0].message).toMatch(/of 80 holds for those who dial it there$/);
    expect(findings(disabledMtls, mesh)).toEqual([]);
  });

  it('leaves a port that nobody has said to those who tell of plaintext, for pods may listen on it', () => {
    const mesh = objects(SERVICE, pod(PORTS), peer('7070: { mode: PERMISSIVE }'));
    expect(findings(unservedMtlsPort, mesh)).toEqual([]);
    expect(findings(permissiveMtls, mesh)).toMatchObject([{ got: 'port 7070: PERMISSIVE' }]);
  });

  it.each([
    ['a port of the pods', [SERVICE, pod(PORTS), peer('8080: { mode: DISABLE }')]],
    ['a port of a container that no Service leads to', [SERVICE, pod(PORTS), peer('9090: { mode: DISABLE }')]],
    ['pods that say nothing of ports', [pod(''), peer('8080: { mode: DISABLE }')]],
    ['pods that are not here', [SERVICE, pod(PORTS), peer('80: { mode: DISABLE }', 'web')]],
  ])('takes %s', (_, texts) => {
    expect(findings(unservedMtlsPort, objects(...texts))).toEqual([]);
    expect(findings(disabledMtls, objects(...texts))).toHaveLength(1);
  });
});
