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

  it.each([
    [
      'a word that is no mode',
      'outboundTrafficPolicy: {mode: REGISTRY_ONLYY}',
      /mesh\.yaml:1:25: .*ALLOW_ANY, [\s\S]*did you mean REGISTRY_ONLY\?/,
    ],
    ['a word in small letters', 'outboundTrafficPolicy: {mode: registry_only}', /keeps its defaults [\s\S]*did you mean REGISTRY_ONLY\?/],
    ['a word where an object is wanted', 'outboundTrafficPolicy: REGISTRY_ONLY', /is an object[\s\S]*write \{mode: REGISTRY_ONLY\}/],
    ['a list where a text is wanted', 'rootNamespace: [a]', /rootNamespace is a text[\s\S]*\["a"\]/],
    ['what is no domain', 'trustDomain: a_b', /trustDomain is the name of a domain/],
    ['an item of a list', 'trustDomainAliases: [a, 2]', /mesh\.yaml:1:25: .*trustDomainAliases\[1\]/],
    ['what verdicts do not read', 'connectTimeout: 10', /connectTimeout is a duration/],
    ['a field within another', 'outboundTrafficPolicy: {mod: ALLOW_ANY}', /mesh\.yaml:1:25: [\s\S]*did you mean mode\?/],
    ['a text in its place', 'meshConfig: none', /mesh\.yaml:1:1: .*a mesh configuration is an object/],
    ['values of the chart', 'pilot: {}\nmeshConfig:\n  trustDomain: [a]', /mesh\.yaml:3:3: /],
  ])('fails, as istiod does, at %s', (_, mesh, message) => {
    expect(() => Verdicts.ofFiles({ name: 'k8s.yaml', text }, settings(mesh))).toThrow(/MESH717/);
    expect(() => Verdicts.ofFiles({ name: 'k8s.yaml', text }, settings(mesh))).toThrow(message);
  });

  it.each([
    'outboundTrafficPolicy: null',
    'outboundTrafficPolicy: {mode: 1}',
    'pathNormalization: {normalization: DEFAULT}\nenableAutoMtls: on\nconnectTimeout: 1m30s\ndefaultConfig: {concurrency: 2}',
    'trustDomainAliases: [old.example, other.]\nproxyListenPort: "15001"\nextensionProviders: [{name: opa}]',
  ])('takes what istiod takes: %s', (mesh) => {
    expect(readMesh([{ name: 'k8s.yaml', text }, settings(mesh)]).wrongs).toEqual([]);
  });
});
