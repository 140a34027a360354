import { emptySelector } from '../../../lib/rules/beside/empty-selector';
import { findings, namespace, raw } from '../model-builder';

const find = (spec: string, plane: 'sidecar' | 'ambient' = 'sidecar') =>
  findings(emptySelector, {
    objects: raw(`{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: vms, namespace: shop }, spec: { ${spec} } }`),
    namespaces: [namespace('shop', plane)],
  });

describe(emptySelector.title, () => {
  it.each(['workloadSelector: {}', 'workloadSelector: { labels: {} }', 'workloadSelector: { labels: null }'])('fails %s', (spec) => {
    const found = [{ on: { path: 'raw/serviceentry/vms' }, message: expect.stringContaining('every workload of namespace shop') }];
    expect(find(spec)).toMatchObject(found);
    expect(find(spec, 'ambient')).toMatchObject(found);
  });

  it.each(['', 'workloadSelector: null', 'workloadSelector: { labels: { app: vm } }', 'endpoints: [{ address: 10.0.0.1 }]'])(
    'takes "%s"',
    (spec) => {
      expect(find(spec)).toEqual([]);
    },
  );
});
