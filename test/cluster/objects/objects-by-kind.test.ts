import { readCluster } from '../../../lib/cluster/cluster';
import { objectsByKind, objectsOf, tryObject } from '../../../lib/cluster/objects/objects-by-kind';
import type { ManifestObject } from '../../../lib/model/mesh-model';
import { clusterFrom } from '../../manifests';

const object = (apiVersion: string, kind: string, name: string, namespace: string) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
---`;

describe('objects', () => {
  const cluster = clusterFrom(
    object('networking.istio.io/v1', 'Gateway', 'b', 'shop'),
    object('gateway.networking.k8s.io/v1', 'Gateway', 'edge', 'shop'),
    object('networking.istio.io/v1beta1', 'Gateway', 'a', 'shop'),
    object('networking.istio.io/v1', 'Gateway', 'c', 'bank'),
  );

  it('are found by group and kind, whatever their version, in the order in which Istio takes them', () => {
    expect(objectsOf(cluster, 'networking.istio.io', 'Gateway').map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(objectsOf(cluster, '', 'Gateway')).toEqual([]);
    expect([...objectsByKind(cluster).keys()]).toEqual(['networking.istio.io/Gateway', 'gateway.networking.k8s.io/Gateway']);
  });

  it('are found by name', () => {
    expect(tryObject(cluster, 'networking.istio.io', 'Gateway', 'shop/a')?.apiVersion).toBe('networking.istio.io/v1beta1');
    expect(tryObject(cluster, 'networking.istio.io', 'Gateway', 'bank/a')).toBeUndefined();
  });

  it('are not rendered to be found', () => {
    const late = {
      path: 'shop/cart',
      apiVersion: 'v1',
      kind: 'Service',
      name: 'cart',
      made: true,
      get manifest(): ManifestObject['manifest'] {
        throw new Error('nobody has to render this');
      },
    };
    const view = readCluster([late]);
    expect(objectsOf(view, '', 'Service')).toEqual([late]);
    expect(tryObject(view, '', 'Service', 'default/cart')).toBe(late);
  });
});
