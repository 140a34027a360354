import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DataPlane, MeshedService, MeshNamespace, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifest, newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const DENY = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'no-admin' } };

describe('what is declared inside a namespace construct', () => {
  forEachPlane(({ dataPlane }) => {
    it('lives in that namespace, whoever’s class it is', () => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
      new kplus.ConfigMap(shop, 'settings', { metadata: { name: 'settings' } });
      new ApiObject(shop, 'raw', { ...DENY, spec: { action: 'DENY', rules: [{}], selector: { matchLabels: { app: 'cart' } } } });

      expect(manifest(chart, 'ConfigMap', 'settings').metadata.namespace).toBe('shop');
      expect(manifest(chart, 'AuthorizationPolicy', 'no-admin').metadata.namespace).toBe('shop');
    });
  });

  it('keeps the namespace that it names itself', () => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    new kplus.ConfigMap(shop, 'settings', { metadata: { name: 'settings', namespace: 'elsewhere' } });

    expect(manifest(chart, 'ConfigMap', 'settings').metadata.namespace).toBe('elsewhere');
  });

  it('goes before the namespace of the chart around it, and not before that of a chart inside', () => {
    const chart = newChart('test', { namespace: 'platform' });
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    new kplus.ConfigMap(shop, 'settings', { metadata: { name: 'settings' } });
    const inner = new Chart(shop, 'inner', { namespace: 'inner' });
    new kplus.ConfigMap(inner, 'other', { metadata: { name: 'other' } });

    expect(manifest(chart, 'ConfigMap', 'settings').metadata.namespace).toBe('shop');
    expect(manifest(inner, 'ConfigMap', 'other').metadata.namespace).toBe('inner');
  });

  it.each(['ClusterRole', 'PersistentVolume', 'ClusterIssuer', 'GatewayClass'])('gives no namespace to a %s, which has none', (kind) => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    new ApiObject(shop, 'raw', { apiVersion: 'example.com/v1', kind, metadata: { name: 'all' } });

    expect(manifest(chart, kind, 'all').metadata).toEqual({ name: 'all' });
  });

  it('is a workload of the service that adopts it', () => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const template = { metadata: { labels: { app: 'cart' } }, spec: { containers: [{ name: 'main', image: 'cart:1' }] } };
    const legacy = new ApiObject(shop, 'legacy', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'cart' },
      spec: { template },
    });
    MeshedService.fromWorkload(shop, 'cart', legacy, { ports: [MeshPort.http(8080)] });

    expect(manifest(chart, 'Deployment', 'cart').metadata.namespace).toBe('shop');
    expect(findingCodes(shop)).toEqual([]);
  });
});
