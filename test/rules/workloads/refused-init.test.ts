import { refusedInit } from '../../../lib/rules/workloads/refused-init';
import { findings, raw } from '../model-builder';

const namespace = (level: string, plane = 'istio-injection: enabled') => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level}, ${plane} } }
`;
const PODS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
`;

const find = (manifests: string[], cni?: boolean) => findings(refusedInit, { objects: manifests.flatMap(raw), cni });

describe(refusedInit.title, () => {
  it.each([
    ['ambient pods', [namespace('restricted', 'istio.io/dataplane-mode: ambient'), PODS]],
    ['a level that refuses nothing', [namespace('privileged'), PODS]],
    ['a namespace without pods', [namespace('restricted')]],
  ])('takes %s', (_, manifests) => {
    expect(find(manifests)).toEqual([]);
  });

  it('takes a mesh whose agent redirects traffic', () => {
    expect(find([namespace('restricted'), PODS], true)).toEqual([]);
  });

  it('fails sidecars under a level that refuses the container which Istio adds', () => {
    expect(find([namespace('restricted'), PODS])).toMatchObject([{ on: { path: 'raw/namespace/shop' } }]);
    expect(find([namespace('baseline'), PODS])).toMatchObject([{ got: 'pod-security.kubernetes.io/enforce: baseline' }]);
  });
});
