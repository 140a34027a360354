import { DataPlane, HttpAccess, MeshedService, MeshPort, Migration, ZeroTrustNamespace } from 'istio-constructs';
import { manifest, names, newChart } from '../../builders';

const shopIn = (migration: Migration) => {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ migration, revision: 'stable' }) });
  const web = new MeshedService(shop, 'web', { image: 'web:1', ports: [MeshPort.http(8080)] });
  const cart = new MeshedService(shop, 'cart', { image: 'cart:1', ports: [MeshPort.http(8080)] });
  web.calls(cart, { http: [HttpAccess.get('/cart')] });
  return { chart, web, cart };
};

type Pods = { spec: { template: { metadata: { labels: Record<string, string>; annotations?: Record<string, string> } } } };
const podsOf = (chart: ReturnType<typeof newChart>, name: string) =>
  (manifest(chart, 'Deployment', name) as unknown as Pods).spec.template.metadata;
const joins = ({ labels }: ReturnType<typeof podsOf>) => labels['istio.io/dataplane-mode'] ?? labels['sidecar.istio.io/inject'];

describe('Migration', () => {
  it('prepares sidecars for what a waypoint sends, before anybody is sent to it', () => {
    const { chart } = shopIn(Migration.PREPARE);
    const { labels } = manifest(chart, 'Namespace', 'shop').metadata;
    expect(labels).toMatchObject({ 'istio.io/rev': 'stable' });
    expect(Object.keys(labels ?? {}).filter((key) => key === 'istio.io/use-waypoint')).toEqual([]);
    expect(joins(podsOf(chart, 'web-v1'))).toBe('true');
    expect(podsOf(chart, 'web-v1').annotations?.['proxy.istio.io/config']).toContain('ISTIO_META_ENABLE_HBONE: "true"');
    expect(names(chart, 'Sidecar')).toEqual(['shop/web', 'shop/cart']);
  });

  it('moves pods wave by wave', () => {
    const { chart } = shopIn(Migration.wave(1));
    expect(manifest(chart, 'Namespace', 'shop').metadata.labels).toMatchObject({ 'istio.io/dataplane-mode': 'ambient' });
    expect(podsOf(chart, 'web-v1').annotations).toBeUndefined();
    expect(joins(podsOf(chart, 'web-v1'))).toBe('ambient');
  });

  it.each([0, -1, 1.5, NaN])('fails for wave %s', (number) => {
    expect(() => Migration.wave(number)).toThrow('MESH866');
  });
});
