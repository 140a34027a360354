import { ApiObject } from 'cdk8s';
import { DataPlane, ZeroTrustNamespace } from 'istio-constructs';
import { twoScopes } from '../../../lib/rules/beside/two-scopes';
import { findingCodes, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { findings, namespace, raw } from '../model-builder';

const PODS = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop },
  spec: { template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: app }] } } } }`;
const sidecar = (name: string, labels?: string, place = 'shop') => {
  const spec = labels ? `workloadSelector: { labels: { ${labels} } }` : '';
  return `{ apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: ${name}, namespace: ${place} }, spec: { ${spec} } }`;
};
const find = (sidecars: readonly string[], plane: 'sidecar' | 'ambient' = 'sidecar') =>
  findings(twoScopes, { objects: raw([PODS, ...sidecars].join('\n---\n')), namespaces: [namespace('shop', plane)] });

describe(twoScopes.title, () => {
  it('fails two that pick the same pods, by whatever labels', () => {
    expect(find([sidecar('a', 'app: cart'), sidecar('b', 'version: v1')])).toMatchObject([
      { on: { path: 'raw/sidecar/b' }, message: expect.stringContaining('the pods of shop/cart'), got: 'raw/sidecar/a and raw/sidecar/b' },
    ]);
  });

  it('fails two for one namespace', () => {
    expect(find([sidecar('a'), sidecar('b')])).toMatchObject([
      { on: { path: 'raw/sidecar/b' }, message: expect.stringContaining('namespace shop') },
    ]);
  });

  it('fails two for a namespace whose pods stand elsewhere, but for one in ambient mode', () => {
    const two = raw([sidecar('a', undefined, 'bank'), sidecar('b', undefined, 'bank')].join('\n---\n'));
    expect(findings(twoScopes, { objects: two })).toMatchObject([
      { on: { path: 'raw/sidecar/b' }, message: expect.stringContaining('namespace bank') },
    ]);
    const ambient = '{ apiVersion: v1, kind: Namespace, metadata: { name: bank, labels: { istio.io/dataplane-mode: ambient } } }';
    expect(findings(twoScopes, { objects: [...two, ...raw(ambient)] })).toEqual([]);
  });

  it.each([
    ['one for the namespace and one for some pods', [sidecar('a'), sidecar('b', 'app: cart')]],
    ['two for different pods', [sidecar('a', 'app: cart'), sidecar('b', 'app: web')]],
    ['two for different namespaces', [sidecar('a'), sidecar('b', undefined, 'bank')]],
  ])('takes %s', (_, sidecars) => {
    expect(find(sidecars)).toEqual([]);
  });

  it('says nothing of pods without a sidecar, which another rule tells of', () => {
    expect(find([sidecar('a', 'app: cart'), sidecar('b', 'app: cart')], 'ambient')).toEqual([]);
    expect(find([sidecar('a'), sidecar('b')], 'ambient')).toEqual([]);
  });

  it('fails one beside that of a ZeroTrustNamespace, and names ours as the one that stays', () => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    service(shop, 'cart').calls(service(shop, 'web'));
    const spec = { workloadSelector: { labels: { app: 'cart' } }, egress: [{ hosts: ['./*'] }] };
    new ApiObject(shop, 'raw', { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'raw' }, spec } as never);
    expect(findingCodes(chart)).toEqual(['MESH316']);
  });

  forEachPlane((plane) => {
    it('says nothing of what the constructs make', () => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(shop, 'cart').calls(service(shop, 'web'));
      expect(findingCodes(chart)).toEqual([]);
    });
  });
});
