import { perCluster } from '../../lib/cluster/per-cluster';
import { clusterFrom } from '../manifests';

describe('what follows from a cluster', () => {
  it('is computed when somebody first asks, once for each cluster, whatever comes of it', () => {
    let asked = 0;
    const firstOf = perCluster(({ objects }) => {
      asked += 1;
      return objects.at(0)?.name;
    });
    const [one, none] = [clusterFrom('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}'), clusterFrom()];
    expect(asked).toBe(0);
    expect([firstOf(one), firstOf(one), firstOf(none), firstOf(none)]).toEqual(['shop', 'shop', undefined, undefined]);
    expect(asked).toBe(2);
  });
});
