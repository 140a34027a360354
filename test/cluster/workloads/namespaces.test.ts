import { readCluster } from '../../../lib/cluster/cluster';
import { labelsOfNamespace, proxyInNamespace } from '../../../lib/cluster/workloads/namespaces';
import { readYaml } from '../../manifests';

const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };
const SHOP = '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}';

describe('a namespace', () => {
  const cluster = readCluster(readYaml(SHOP), { namespacesElsewhere: { bank: AMBIENT, shop: AMBIENT } });

  it('has the labels of its manifest, and its own name', () => {
    expect(labelsOfNamespace(cluster, 'shop')).toEqual({ 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': 'shop' });
  });

  it('that somebody else makes has the labels that are said of it', () => {
    expect(labelsOfNamespace(cluster, 'bank')).toEqual({ ...AMBIENT, 'kubernetes.io/metadata.name': 'bank' });
  });

  it('that nobody describes exists too, outside the mesh', () => {
    expect(labelsOfNamespace(cluster, 'elsewhere')).toEqual({ 'kubernetes.io/metadata.name': 'elsewhere' });
    expect(proxyInNamespace(cluster, 'elsewhere').name).toBe('none');
  });

  it('is of the plane of pods that say nothing themselves', () => {
    expect(['shop', 'bank'].map((name) => proxyInNamespace(cluster, name).name)).toEqual(['sidecar', 'ztunnel']);
  });
});
