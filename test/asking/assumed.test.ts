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
});
