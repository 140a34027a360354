import { Verdicts } from 'istio-constructs';
import { meshConfigIn } from '../../../lib/asking/yaml/mesh-config';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import { readYaml } from '../../manifests';
import * as made from '../../verdict/fixtures';
import { meshFrom } from '../mesh-under-test';

const PODS = [made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1'), made.serviceEntry()];
const sidecar = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: shop}
spec: {${spec}}
---`;

const SCOPES: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'one that says nothing of it': [sidecar('egress: [{hosts: ["./*"]}]')],
  'one that passes on what it does not know': [sidecar('outboundTrafficPolicy: {mode: ALLOW_ANY}')],
  'one without a mode': [sidecar('outboundTrafficPolicy: {}')],
};
const POLICIES = { REGISTRY_ONLY: 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}', ALLOW_ANY: 'outboundTrafficPolicy: {mode: ALLOW_ANY}' };

const from = { workload: 'shop/web' };
const REQUESTS: readonly Request[] = [
  { from, to: { host: 'example.com', port: 443 } },
  { from, to: { host: 'example.com', port: 80 } },
  { from, to: made.CARDS },
  { from, to: { host: 'cart.shop.svc.cluster.local', port: 8080 } },
  { from, to: { address: '198.51.100.7', port: 5432 } },
];

const CASES = Object.entries(SCOPES).flatMap(([scope, objects]) =>
  Object.entries(POLICIES).map(([policy, config]) => [policy, scope, config, objects] as const),
);

const configMap = (mesh: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: ${JSON.stringify(mesh)}}
---`;

describe("the mesh's own word", () => {
  it.each(CASES)('on hosts that nobody knows holds as istiod has it: %s, a Sidecar: %s', async (_, __, config, objects) => {
    const mesh = meshFrom(made.objects(...PODS, ...objects), meshConfigIn(readYaml(configMap(config))));
    const answers = await mesh.answers(REQUESTS);
    expect(REQUESTS.map((request) => decide(mesh.cluster, request).allowed)).toEqual(answers.map(({ allowed }) => allowed));
  });

  it('holds as istiod has it where a file of its own says it', async () => {
    const asked = (config: string) => {
      const shop = { name: 'shop.yaml', text: PODS.join('\n') };
      const verdicts = Verdicts.ofFiles(shop, { name: 'mesh.yaml', text: config, isMeshConfig: true });
      return verdicts.ask({ caller: 'web', callee: 'example.com:80' }).allowed;
    };
    const request = REQUESTS[1];
    for (const config of Object.values(POLICIES)) {
      const [answer] = await meshFrom(made.objects(...PODS), meshConfigIn(readYaml(configMap(config)))).answers([request]);
      expect(asked(config)).toBe(answer.allowed);
    }
  });

  it('closes what it says, and nothing else', async () => {
    const asked = async (config: string) => {
      const answers = await meshFrom(made.objects(...PODS), meshConfigIn(readYaml(configMap(config)))).answers(REQUESTS);
      return answers.map(({ allowed }) => allowed);
    };
    expect(await asked(POLICIES.REGISTRY_ONLY)).toEqual([false, false, true, true, false]);
    expect(await asked(POLICIES.ALLOW_ANY)).toEqual([true, true, true, true, true]);
  });
});
