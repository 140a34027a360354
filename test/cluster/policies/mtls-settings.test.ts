import { mtlsInNamespace, mtlsOf, mtlsSettings } from '../../../lib/cluster/policies/mtls-settings';
import { PROXIES } from '../../../lib/cluster/workloads/proxies';
import { clusterFrom } from '../../manifests';

const peer = (name: string, spec: string, namespace = 'shop') => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;
const STRICT = 'mtls: {mode: STRICT}';
const CART = { namespaceName: 'shop', labels: { app: 'cart' } };
const ofCart = 'selector: {matchLabels: {app: cart}}';
const modeOf = (pieces: readonly string[], port?: number) => mtlsOf(clusterFrom(...pieces), CART, port).mode;

describe('mutual TLS', () => {
  it("is taken and left without a word, which is Istio's own", () => {
    expect(mtlsOf(clusterFrom(), CART)).toEqual({ mode: 'PERMISSIVE' });
  });

  it('is what the closest level says, and names the object that says it', () => {
    const mesh = peer('mesh', STRICT, 'istio-system');
    const namespace = peer('default', 'mtls: {mode: PERMISSIVE}');
    expect(modeOf([mesh])).toBe('STRICT');
    expect(modeOf([mesh, namespace])).toBe('PERMISSIVE');
    expect(mtlsOf(clusterFrom(mesh, namespace, peer('cart', `${ofCart}, mtls: {mode: DISABLE}`)), CART)).toMatchObject({
      mode: 'DISABLE',
      by: 'PeerAuthentication shop/cart',
      object: { name: 'cart' },
    });
    expect(mtlsInNamespace(clusterFrom(mesh, namespace), 'bank').mode).toBe('STRICT');
  });

  it('is asked of the next level where one says nothing', () => {
    expect(modeOf([peer('mesh', STRICT, 'istio-system'), peer('default', 'mtls: {mode: UNSET}'), peer('cart', ofCart)])).toBe('STRICT');
  });

  it('may be another on a port of the pod', () => {
    const cart = peer('cart', `${ofCart}, ${STRICT}, portLevelMtls: {"8080": {mode: PERMISSIVE}, "8081": {mode: UNSET}}`);
    expect([8080, 8081, 8082].map((port) => modeOf([cart], port))).toEqual(['PERMISSIVE', 'STRICT', 'STRICT']);
  });

  it('is lost at ztunnel beside a port that takes plaintext, where the namespace says that it says nothing', () => {
    const [mesh, unset] = [peer('mesh', STRICT, 'istio-system'), peer('default', 'mtls: {mode: UNSET}')];
    const open = peer('cart', `${ofCart}, portLevelMtls: {"8080": {mode: PERMISSIVE}}`);
    const at = (proxy: 'ztunnel' | 'sidecar', ...pieces: string[]) =>
      [8080, 9000].map((port) => mtlsOf(clusterFrom(...pieces), { ...CART, proxy: PROXIES[proxy] }, port).mode);
    expect(at('ztunnel', mesh, unset, open)).toEqual(['PERMISSIVE', 'PERMISSIVE']);
    expect(at('sidecar', mesh, unset, open)).toEqual(['PERMISSIVE', 'STRICT']);
    expect(at('ztunnel', mesh, open)).toEqual(['PERMISSIVE', 'STRICT']);
    expect(at('ztunnel', mesh, peer('default', STRICT), open)).toEqual(['PERMISSIVE', 'STRICT']);
    expect(at('ztunnel', mesh, unset, peer('cart', `${ofCart}, portLevelMtls: {"8080": {mode: STRICT}}`))).toEqual(['STRICT', 'STRICT']);
  });

  it('is said by the first of several for one namespace, even if that one says nothing', () => {
    expect(modeOf([peer('b', STRICT), peer('a', 'mtls: {mode: PERMISSIVE}')])).toBe('PERMISSIVE');
    expect(modeOf([peer('b', STRICT), peer('a', '')])).toBe('PERMISSIVE');
  });

  it('has a rival in another that says something else and may be the older', () => {
    const rivalOf = (...pieces: string[]) => mtlsOf(clusterFrom(...pieces), CART).rival?.name;
    expect(rivalOf(peer('a', ''), peer('b', STRICT))).toBe('b');
    expect(rivalOf(peer('a', STRICT), peer('b', STRICT))).toBeUndefined();
    expect(rivalOf(peer('cart', `${ofCart}, ${STRICT}`), peer('a', ''), peer('b', STRICT))).toBeUndefined();
    expect(rivalOf(peer('mesh', STRICT, 'istio-system'), peer('mesh-2', '', 'istio-system'))).toBe('mesh-2');
  });

  it('is not said for some pods by the root namespace', () => {
    const root = peer('a', `${ofCart}, ${STRICT}`, 'istio-system');
    expect(modeOf([root])).toBe('PERMISSIVE');
    expect(mtlsOf(clusterFrom(root), { ...CART, namespaceName: 'istio-system' }).mode).toBe('PERMISSIVE');
  });

  it('is read whatever stands in its place', () => {
    const odd = clusterFrom(peer('odd', 'mtls: STRICT, portLevelMtls: [8080], selector: {matchLabels: {app: 1}}'));
    expect(mtlsSettings(odd)[0]).toMatchObject({ mode: undefined, selector: {}, ports: new Map() });
  });
});
