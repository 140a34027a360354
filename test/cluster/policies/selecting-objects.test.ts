import { SELECTING_KINDS, selectingObjects } from '../../../lib/cluster/policies/selecting-objects';
import { clusterOf } from '../../manifests';

const SPECS: Readonly<Record<string, object>> = {
  EnvoyFilter: { workloadSelector: { labels: { app: 'cart' } } },
  Sidecar: { workloadSelector: { labels: { app: 'cart' } } },
  ServiceEntry: { workloadSelector: { labels: { app: 'cart' } } },
  DestinationRule: { workloadSelector: { matchLabels: { app: 'cart' } } },
};

describe('objects that pick pods', () => {
  it('are read alike, whatever their kind calls its labels', () => {
    const manifests = SELECTING_KINDS.map((groupKind) => {
      const [group, kind] = groupKind.split('/');
      const spec = SPECS[kind] ?? { selector: { matchLabels: { app: 'cart' } } };
      return { apiVersion: `${group}/v1`, kind, metadata: { name: 'cart', namespace: 'shop' }, spec };
    });
    const found = selectingObjects(clusterOf(manifests));
    expect(found.map(({ title }) => title)).toHaveLength(11);
    for (const one of found) expect(one).toMatchObject({ namespaceName: 'shop', selector: { app: 'cart' }, targets: [] });
  });

  it('pick all pods of their namespace where they name none', () => {
    const manifest = { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'all', namespace: 'shop' }, spec: {} };
    expect(selectingObjects(clusterOf([manifest]))).toMatchObject([{ selector: {} }]);
  });
});
