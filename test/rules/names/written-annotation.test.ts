import { ApiObject, JsonPatch } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { writtenAnnotation } from '../../../lib/rules/names/written-annotation';
import { findingCodes, shop } from '../../builders';
import { findings, raw } from '../model-builder';

const pods = (annotations: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { annotations: { ${annotations} } }, spec: { containers: [{ name: app, image: a }] } } }
`;

const find = (annotations: string) => findings(writtenAnnotation, { objects: raw(pods(annotations)) });

describe(writtenAnnotation.title, () => {
  it.each([
    ['a mark of templates', 'sidecar.istio.io/proxyImage: "{{ .Values.global.hub }}"', 'sidecar.istio.io/proxyImage'],
    ['a line of its own', 'sidecar.istio.io/proxyCPU: "1\\n  securityContext: {privileged: true}"', 'sidecar.istio.io/proxyCPU'],
    ['a control character', 'example.com/note: "a\\u0000"', 'example.com/note'],
  ])('fails %s', (_, annotations, key) => {
    expect(find(annotations)).toMatchObject([{ on: { path: 'raw/deployment/cart' }, got: key }]);
  });

  it.each([
    ['a plain value', 'sidecar.istio.io/proxyCPU: 100m'],
    ['lines in what Istio reads as a whole', 'proxy.istio.io/config: "concurrency: 2\\ndrainDuration: 5s"'],
    ['marks that others read', 'vault.hashicorp.com/agent-inject-template: "{{ with secret }}"'],
  ])('takes %s', (_, annotations) => {
    expect(find(annotations)).toEqual([]);
  });

  it('reads what a patch adds to pods of constructs', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    const annotations = { 'sidecar.istio.io/proxyMemory': '{{ .Values.memory }}' };
    ApiObject.of(cart.deployment!).addJsonPatch(JsonPatch.add('/spec/template/metadata/annotations', annotations));
    expect(findingCodes(chart)).toContain('MESH143');
  });
});
