import { mergeMetrics } from '../../../lib/render/kubernetes/merge-metrics';

const deployment = (annotations?: Record<string, string>) => ({
  kind: 'Deployment',
  spec: { template: { metadata: { annotations }, spec: {} } },
});
const said = (manifest: Record<string, unknown>) =>
  (manifest.spec as { template: { metadata: { annotations: Record<string, string> } } }).template.metadata.annotations;

const ONE = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': '9100',
  'prometheus.io/path': '/metrics',
  'prometheus.istio.io/merge-metrics': 'true',
};

describe('words for merged metrics', () => {
  it('say where they are', () => {
    expect(said(mergeMetrics(deployment(), { port: 9100, path: '/metrics' }))).toEqual(ONE);
  });

  it('keep what stands beside them, and say the same place once', () => {
    const once = mergeMetrics(deployment({ team: 'buyers' }), { port: 9100, path: '/metrics' });
    expect(said(mergeMetrics(once, { port: 9100, path: '/metrics' }))).toEqual({ ...ONE, team: 'buyers' });
  });

  it('say several places by their ports, whoever is heard first; the first one alone is read before Istio 1.31', () => {
    const places = [
      { port: 9100, path: '/metrics' },
      { port: 15200, path: '/jvm' },
      { port: 900, path: '/a:b' },
    ];
    const join = (all: typeof places) => said(all.reduce<Record<string, unknown>>(mergeMetrics, deployment()));
    expect(join(places)).toEqual({
      ...ONE,
      'prometheus.io/port': '900',
      'prometheus.io/path': '/a:b',
      'prometheus.istio.io/scrape-targets': '900:/a:b,9100:/metrics,15200:/jvm',
    });
    expect(join([...places].reverse())).toEqual(join(places));
  });

  it('add to what an author wrote by hand, with or without a path', () => {
    expect(said(mergeMetrics(deployment({ 'prometheus.io/port': '80' }), { port: 9100, path: '/m' }))).toMatchObject({
      'prometheus.istio.io/scrape-targets': '80:/metrics,9100:/m',
    });
  });
});
