import { Verdicts } from 'istio-constructs';
import { meshConfigIn, unreadMeshConfig } from '../../../lib/asking/yaml/mesh-config';
import { CART, deployment, namespace, policy, SIDECAR } from '../../verdict/fixtures';
import { readYaml } from '../../manifests';

const configMap = (mesh: string, more = '', where = 'istio-system') => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: ${where}}
data:
  mesh: |
${mesh.replace(/^/gm, '    ')}
${more}
---`;
const WEB = deployment('web', 'web', 'v1');
const MESH = namespace('shop', SIDECAR) + WEB + CART;

describe('the settings of a mesh', () => {
  it('are read off the ConfigMap of istiod', () => {
    const mesh = [
      'trustDomain: acme.example',
      'trustDomainAliases: [old.example]',
      'rootNamespace: mesh',
      'pathNormalization: {normalization: MERGE_SLASHES}',
      'outboundTrafficPolicy: {mode: REGISTRY_ONLY}',
      'accessLogFile: /dev/stdout',
    ].join('\n');
    const words = {
      trustDomain: 'acme.example',
      trustDomainAliases: ['old.example'],
      rootNamespace: 'mesh',
      pathNormalization: 'MERGE_SLASHES',
      dropsUnknown: true,
      authorizerNames: [],
      providerNames: [],
    };
    expect(meshConfigIn(readYaml(configMap(mesh)))).toEqual(words);
    expect(unreadMeshConfig(readYaml(configMap(mesh)))).toEqual([]);
    expect(meshConfigIn(readYaml(configMap(mesh, '', 'shop')))).toEqual({});
    expect(meshConfigIn(readYaml(configMap('pathNormalization: {normalization: DEFAULT}')))).toEqual({
      authorizerNames: [],
      providerNames: [],
    });
  });

  it('say whom policies may ask, and one that asks somebody else refuses what it matches', () => {
    const ask = policy('ask', 'action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {methods: [POST]}}]}]');
    const grant = policy('cart', 'rules: [{}]');
    const answer = (mesh: string, method = 'POST') =>
      Verdicts.ofYaml(MESH + ask + grant + mesh).ask({ caller: 'web', callee: 'cart', method });
    const known = configMap('extensionProviders: [{name: opa, envoyExtAuthzGrpc: {service: opa.auth, port: 9191}}]');
    expect(answer('')).toMatchObject({ allowed: true, asks: ['opa'] });
    expect(answer(known)).toMatchObject({ allowed: true, asks: ['opa'] });
    for (const other of ['trustDomain: cluster.local', 'extensionProviders: [{name: opa, zipkin: {service: opa.auth, port: 9191}}]']) {
      expect(answer(configMap(other), 'GET').allowed).toBe(true);
      expect(answer(configMap(other))).toMatchObject({
        allowed: false,
        layer: 'authorization',
        text: expect.stringMatching(/by AuthorizationPolicy shop\/ask \(.*\), whose provider opa is none of the mesh$/),
      });
    }
  });

  it('change verdicts', () => {
    const grant = policy('cart', 'rules: [{from: [{source: {principals: [acme.example/ns/shop/sa/web]}}]}]');
    const ask = (text: string, callee = 'cart') => Verdicts.ofYaml(text).ask({ caller: 'web', callee });
    expect(ask(MESH + grant).allowed).toBe(false);
    expect(ask(MESH + grant + configMap('trustDomain: acme.example')).allowed).toBe(true);
    expect(ask(MESH, 'example.com:443').allowed).toBe(true);
    expect(ask(MESH + configMap('outboundTrafficPolicy: {mode: REGISTRY_ONLY}'), 'example.com:443')).toMatchObject({
      allowed: false,
      layer: 'scope',
      text: 'refused (scope), by the mesh configuration, outboundTrafficPolicy REGISTRY_ONLY',
    });
  });

  it('are told where nobody reads them, and where they are broken', () => {
    const text = MESH + configMap('discoverySelectors: [{matchLabels: {a: b}}]', '  meshNetworks: "networks: {far: {}}"');
    expect(Verdicts.ofYaml(text).assumptions).toEqual([
      'ConfigMap istio-system/istio says discoverySelectors and meshNetworks, which are not read: verdicts may depend on it',
    ]);
    expect(unreadMeshConfig(readYaml(configMap('a: [')))).toEqual(['mesh that is no YAML']);
    expect(meshConfigIn(readYaml(configMap('trustDomain: a\nb: [')))).toEqual({});
  });

  it('fail where they are broken, with the place and the line in it', () => {
    expect(() => Verdicts.ofYaml(MESH + configMap('trustDomain: a\nb: ['))).toThrow(
      /MESH890 at manifests\.yaml:\d+:3: [\s\S]*in line 3 of data\.mesh: /,
    );
    expect(Verdicts.lint({ name: 'a.yaml', text: MESH + configMap('a: [') }).findings[0]).toMatchObject({
      code: 'MESH890',
      level: 'error',
    });
  });

  it('are none where one field is wrong, which fails with the line of it', () => {
    const wrong = 'trustDomain: acme.example\noutboundTrafficPolicy: {mode: REGISTRY_ONLYY}';
    expect(meshConfigIn(readYaml(configMap(wrong)))).toEqual({});
    expect(() => Verdicts.ofYaml(MESH + configMap(wrong))).toThrow(
      /MESH717 at manifests\.yaml:\d+:3[\s\S]*"REGISTRY_ONLYY" in line 2 of data\.mesh[\s\S]*did you mean REGISTRY_ONLY\?/,
    );
    expect(Verdicts.lint({ name: 'a.yaml', text: MESH + configMap(wrong) }).findings[0]).toMatchObject({ code: 'MESH717', level: 'error' });
  });

  it('close what nobody knows where a policy of the mesh says no mode, as istiod has it', () => {
    const closed = ['{}', '{mode: }', '{mode: 0}', '{mode: REGISTRY_ONLY}', '{mode: ALLOW_ANY}', '{mode: 1}'].map(
      (policy) => meshConfigIn(readYaml(configMap(`outboundTrafficPolicy: ${policy}`))).dropsUnknown,
    );
    expect(closed).toEqual([true, true, true, true, undefined, undefined]);
  });
});
