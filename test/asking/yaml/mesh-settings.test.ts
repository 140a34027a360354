import { Verdicts } from 'istio-constructs';
import { readMesh } from '../../../lib/asking/yaml/mesh-settings';
import { CART, deployment, namespace, policy, SIDECAR } from '../../verdict/fixtures';

const GRANT = policy('cart', 'rules: [{from: [{source: {principals: [acme.example/ns/shop/sa/web]}}]}]');
const text = namespace('shop', SIDECAR) + deployment('web', 'web', 'v1') + CART + GRANT;
const CONFIG = 'trustDomain: acme.example';
const CONFIG_MAP = `{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: "${CONFIG}"}}`;
const settings = (mesh: string) => ({ name: 'mesh.yaml', text: mesh, isMeshConfig: true });

describe('the configuration of a mesh beside the manifests', () => {
  it.each([
    ['the ConfigMap of istiod', CONFIG_MAP],
    ['the configuration itself', CONFIG],
    ['an IstioOperator', `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {meshConfig: {${CONFIG}}}`],
    ['values of the chart', `meshConfig: {${CONFIG}}\npilot: {replicaCount: 2}`],
  ])('is read from %s', (_, mesh) => {
    const ask = (...files: ReturnType<typeof settings>[]) =>
      Verdicts.ofFiles({ name: 'k8s.yaml', text }, ...files).ask({ caller: 'web', callee: 'cart' }).allowed;
    expect([ask(), ask(settings(mesh))]).toEqual([false, true]);
  });

  it('counts instead of a ConfigMap among the manifests', () => {
    const { objects, words } = readMesh([{ name: 'k8s.yaml', text: `${text}${CONFIG_MAP}` }, settings('trustDomain: other.example')]);
    expect(words.trustDomain).toBe('other.example');
    expect(objects.filter(({ kind }) => kind === 'ConfigMap').map(({ path }) => path)).toEqual(['mesh.yaml:1:1']);
  });

  it.each([
    ['a misspelt field', 'trustDomian: a', /MESH717 at mesh\.yaml:1:1[\s\S]*did you mean trustDomain by trustDomian/],
    ['manifests', 'apiVersion: v1\nkind: Service', /MESH717/],
    ['nothing', '', /MESH717[\s\S]*nothing/],
    ['broken YAML', 'trustDomain: a\nb: [', /MESH890 at mesh\.yaml:/],
    ['a broken ConfigMap', CONFIG_MAP.replace(CONFIG, 'a: ['), /MESH890 at mesh\.yaml:1:1[\s\S]*line 1 of data\.mesh/],
  ])('fails at %s', (_, mesh, message) => {
    expect(() => Verdicts.ofFiles({ name: 'k8s.yaml', text }, settings(mesh))).toThrow(message);
  });
});
