import { Verdicts } from 'istio-constructs';
import { shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const pods = (labels = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart${labels} } } } }
`;

describe('what verdicts take to be so', () => {
  forEachPlane((plane) => {
    it('is nothing where the program says it', () => {
      expect(Verdicts.of(shop(plane).chart).assumptions).toEqual([]);
    });
  });

  it('is that pods of a Namespace that is missing are outside the mesh', () => {
    expect(Verdicts.ofYaml(pods()).assumptions).toEqual([
      'Namespace shop is not in the manifests, so its pods are taken to be outside the mesh, and no policy holds at them',
    ]);
    expect(Verdicts.ofYaml(pods(", sidecar.istio.io/inject: 'true'")).assumptions).toEqual([]);
  });

  const MESH = 'data: { mesh: "outboundTrafficPolicy: { mode: REGISTRY_ONLY }" }\n';
  const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: istio-system }\n${MESH}`;
  const OPERATOR =
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: all, namespace: istio-system }\nspec: { meshConfig: { trustDomain: a.example } }\n';

  it.each([
    ['ConfigMap istio-system/istio-1-31', configMap('istio-1-31')],
    ['IstioOperator istio-system/all', OPERATOR],
  ])('is that %s says nothing of this mesh, unless another one is read', (name, text) => {
    expect(Verdicts.ofYaml(text).assumptions).toEqual([
      `the mesh configuration in ${name} is not read, unless it is said that it holds: --mesh-config`,
    ]);
    expect(Verdicts.ofYaml(`${text}---\n${configMap('istio')}`).assumptions).toEqual([]);
  });
});
