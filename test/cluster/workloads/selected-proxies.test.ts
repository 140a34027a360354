import { selectedProxies } from '../../../lib/cluster/workloads/selected-proxies';
import { clusterFrom } from '../../manifests';

const SHOP = '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}}';
const pod = (name: string, labels: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop, labels: {app: cart, ${labels}}}, spec: {containers: [{name: a}]}}`;

describe('the proxies of what a selector picks', () => {
  const cluster = clusterFrom(
    SHOP,
    pod('a', 'version: v1'),
    pod('b', 'version: v1'),
    pod('c', 'version: v2, sidecar.istio.io/inject: "true"'),
  );
  const names = (labels: Record<string, string>) => selectedProxies(cluster, 'shop', labels).map(({ name }) => name);

  it('are those of its pods, each once', () => {
    expect(names({ app: 'cart' })).toEqual(['ztunnel', 'sidecar']);
    expect(names({ app: 'cart', version: 'v1' })).toEqual(['ztunnel']);
  });

  it("are the namespace's where the manifests do not have the pods", () => {
    expect(names({ app: 'elsewhere' })).toEqual(['ztunnel']);
    expect(selectedProxies(cluster, 'bank', {}).map(({ name }) => name)).toEqual(['none']);
  });
});
