import { DataPlane, MeshNamespace, Waypoint } from 'istio-constructs';
import { manifest, newChart } from '../../builders';

describe('DataPlane', () => {
  it.each([
    ['the default sidecar', DataPlane.sidecar(), { 'istio-injection': 'enabled' }],
    ['a sidecar of one revision', DataPlane.sidecar({ revision: '1-31' }), { 'istio.io/rev': '1-31' }],
    ['ambient', DataPlane.ambient(), { 'istio.io/dataplane-mode': 'ambient' }],
    ['ambient of one revision', DataPlane.ambient({ revision: '1-31' }), { 'istio.io/dataplane-mode': 'ambient' }],
  ])('labels a namespace for %s, and for nothing else', (_, dataPlane, labels) => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane });
    expect(manifest(chart, 'Namespace', 'shop').metadata.labels).toEqual(labels);
  });

  it('has no waypoint in sidecar mode, and one when needed in ambient mode', () => {
    expect(DataPlane.sidecar().waypoint).toBe(Waypoint.NEVER);
    expect(DataPlane.ambient().waypoint).toBe(Waypoint.WHEN_NEEDED);
    expect(DataPlane.ambient({ waypoint: Waypoint.ALWAYS }).waypoint).toBe(Waypoint.ALWAYS);
  });
});
